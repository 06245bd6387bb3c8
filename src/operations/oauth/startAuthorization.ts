import { addressRange } from '../../addresses.ts';
import { brandedPagePolicy } from '../../branded-page.ts';
import { Problem } from '../../problem.ts';
import type { CheckedMetadata } from '../../registration/registrar.ts';
import { isDocumentAddress } from '../../registration/metadata-document/document-address.ts';
import type { DocumentRegistration } from '../../registration/metadata-document/metadata-documents.ts';
import type { AppClient } from '../../registry/clients.ts';
import type { InputOf } from '../../relay/jobs/index.ts';
import { changedCall, type Call, type Operation } from '../operation.ts';
import { NO_PREFERENCE } from '../preferences.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { forApp } from './for-app.ts';
import { addressOf, sealRequest } from './authorization-request.ts';
import { findSignIn, hintOf } from './find-sign-in.ts';
import { tenantPage } from './tenant-page.ts';
import { forThisApi, type Query } from './this-api.ts';

/** Redirects to the authority and nowhere else, so nobody can be sent astray by this. */
export const startAuthorization: Operation<'startAuthorization', Needs> = async (call) => {
  const { services, query, address } = call;
  const asked = forThisApi(query, services);
  if (services.documents && isDocumentAddress(query.client_id)) {
    await services.documents.admit(query.client_id, addressRange(address), (registration) =>
      registration.known ? renew(call, registration, registration.known) : register(call, registration),
    );
  }
  // Past memory: it may have been registered just now.
  const stored = await services.apps.read(query.client_id);
  // The authority refuses apps that are not registered: users need not say who they are for that.
  if (!stored) return sendOn(services, asked);
  const request = forApp(asked, services.apiScopes.existing(stored.app.scopes));
  const found = await findSignIn(request, call);
  return found === 'ask' ? askForTenant(services, request) : sendOn(services, found);
};

const sendOn = (services: Authorization['services'], request: Query) => ({
  status: 302 as const,
  headers: { Location: addressOf(services, request), 'Cache-Control': 'no-store' },
});

/** Without `form-action` in its policy: browsers that hold redirects against it would stop at the authority, an identity provider or the app. */
const askForTenant = (services: Authorization['services'], request: Query) => ({
  status: 200 as const,
  body: tenantPage({
    request: sealRequest(services, request),
    hint: hintOf(request),
    publicUrl: services.publicUrl,
    brand: services.brand,
  }),
  type: 'text/html' as const,
  headers: {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': brandedPagePolicy(services.brand),
    // With `no-referrer` a browser sends the form with `Origin: null` (Fetch standard, "append a request Origin header").
    'Referrer-Policy': 'same-origin',
  },
});

type Registering = 'appChanges' | 'registrar' | 'registrations' | 'registrationRate' | Relaying;
type Needs = 'apiScopes' | 'apps' | 'brand' | 'config' | 'documents' | 'tenantDirectory' | Registering;
type Authorization = Call<'startAuthorization', Needs>;

/** Under the policy for all apps, whichever door they come by, and counted among them. */
async function register(call: Authorization, registration: DocumentRegistration): Promise<void> {
  const { registrar, registrations, registrationRate } = call.services;
  await registrationRate.admit(call.address);
  const checked = checkedOf(registration);
  enforcePolicy(call, checked);
  const entry = { ...registrar.entryFor(checked, undefined, undefined), registration: BY_DOCUMENT };
  const registrationId = await registrar.begin(checked, undefined);
  await registrations.complete(registrationId, {
    make: () => atAuthority(call, { ...registration, known: undefined, entry, registrationId }),
    // A job that goes on nevertheless finds that nobody wants it, and takes back what it made.
    mayRemain: () => false,
    usesToken: false,
  });
}

/** A document brings no initial access token, and a browser could not either: 401 would ask it for one. */
function enforcePolicy({ services }: Authorization, checked: CheckedMetadata): void {
  try {
    services.registrar.enforcePolicy(checked, undefined);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('invalid_client', {
      detail:
        'Apps that come by a metadata document are not let in here: the app has to register with whatever the operator of this API asks for.',
      cause: error,
    });
  }
}

/** One whose document has changed. Decisions that it goes beyond end before the authority shows users what it has become. */
async function renew(
  call: Authorization,
  registration: DocumentRegistration,
  known: AppClient,
): Promise<void> {
  const { appChanges, registrar } = call.services;
  const { address } = registration;
  const next = registrar.nextOf(known, checkedOf(registration));
  if (!(await appChanges.endDecisions(address, next, () => true))) throw later();
  if (!(await atAuthority(call, { ...registration, known, next }))) throw later();
}

const checkedOf = ({ metadata }: DocumentRegistration) => ({
  metadata: metadata.app,
  statementIssuer: undefined,
  asserted: [],
});

const BY_DOCUMENT = 'metadata_document' as const;

/** @returns undefined when the authority takes too long */
async function atAuthority(call: Authorization, input: InputOf<'startAuthorization'>) {
  const forOrganizations = call.services.config.TENANT_ORGANIZATIONS.includes('organization');
  const asked = { ...input, forOrganizations };
  const answer = await relayed(changedCall(call, { prefer: NO_PREFERENCE }), asked, toAnswer);
  return answer.status === 302 ? answer : undefined;
}

const later = () => new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });

/** Where to is for the handler to say. */
export const toAnswer: RelayedAnswer<'startAuthorization'> = () => ({ status: 302 });
