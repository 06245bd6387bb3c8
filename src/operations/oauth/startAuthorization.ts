import { addressRange } from '../../addresses.ts';
import { Problem } from '../../problem.ts';
import { isDocumentAddress } from '../../registration/metadata-document/document-address.ts';
import type { DocumentRegistration } from '../../registration/metadata-document/metadata-documents.ts';
import type { Call, Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

/** Redirects to the authority and nowhere else, so nobody can be sent astray by this. */
export const startAuthorization: Operation<'startAuthorization'> = async (call) => {
  const { services, query, address } = call;
  if (services.documents && isDocumentAddress(query.client_id)) {
    await services.documents.admit(query.client_id, addressRange(address), (registration) =>
      registration.known ? renew(call, registration) : register(call, registration),
    );
  }
  const location = new URL('authorize', services.config.AUTHORITY_URL);
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) location.searchParams.append(name, one);
  return { status: 302, headers: { Location: location.href, 'Cache-Control': 'no-store' } };
};

type Authorization = Call<'startAuthorization'>;

/** Under the policy for all apps, whichever door they come by, and counted among them. */
async function register(call: Authorization, registration: DocumentRegistration): Promise<void> {
  const { registrar, registrationRate } = call.services;
  await registrationRate.admit(call.address);
  const checked = checkedOf(registration);
  registrar.holdPolicy(checked, undefined);
  const entry = { ...registrar.entryFor(checked, undefined, undefined), registration: BY_DOCUMENT };
  const registrationId = await registrar.begin(checked, undefined);
  try {
    await atAuthority(call, { ...registration, entry, registrationId, next: undefined });
    if (!(await registrar.confirm(registrationId))) throw later();
  } catch (error) {
    // A job that goes on nevertheless finds that nobody wants it, and takes back what it made.
    await registrar.giveUp(registrationId, undefined, { nothingLeft: true });
    throw error;
  }
}

/** One whose document has changed. Decisions that it goes beyond end before the authority shows users what it has become. */
async function renew(call: Authorization, registration: DocumentRegistration): Promise<void> {
  const { appChanges, registrar } = call.services;
  const { address, known } = registration;
  const next = registrar.nextOf(known!, checkedOf(registration));
  if (!(await appChanges.endDecisions(address, next, () => true))) throw later();
  await atAuthority(call, { ...registration, entry: undefined, registrationId: undefined, next });
}

const checkedOf = ({ metadata }: DocumentRegistration) => ({
  metadata: metadata.app,
  statementIssuer: undefined,
  asserted: [],
});

const BY_DOCUMENT = 'metadata_document' as const;

async function atAuthority(
  call: Authorization,
  input: Parameters<typeof relayed<'startAuthorization'>>[1],
): Promise<void> {
  const answer = await relayed({ ...call, prefer: { respondAsync: false, wait: undefined } }, input);
  if (answer.status !== 302) throw later();
}

const later = () => new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
