/** Decides who may register what, and what an app that comes by whichever door is entered as. */
import { randomBytes } from 'node:crypto';
import type { Check, Fault } from '../contract/validators.ts';
import { withoutEmpty } from '../contract/without-empty.ts';
import { Problem } from '../problem.ts';
import type { RegistrantPrincipal } from '../principal.ts';
import type { RegistrationPolicy } from '../registration-settings.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { Apps } from '../registry/apps.ts';
import type { AppClient, NextApp } from '../registry/clients.ts';
import { newRegistrationId, type Registrations } from '../registry/registrations.ts';
import type { AppEntry } from '../relay/jobs/registerApp.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { assertedParts, identityOf } from './app-identity.ts';
import { checkClientMetadata, type GivenMetadata, type SaidMetadata } from './client-metadata.ts';
import { findImitation, type OwnIdentity } from './imitation.ts';
import { refuseReusedIds } from './public-keys.ts';
import type { SoftwareStatements } from './software-statement.ts';

/** Metadata that passed, and whose word they come with. */
export interface CheckedMetadata {
  metadata: ClientRegistration;
  statementIssuer: string | undefined;
  /** Members that the software statement says. */
  asserted: readonly string[];
}

export interface Registrar {
  /**
   * @param given after the contract's check
   * @param before of an app that changes: scopes that are not said stay as they were, and never become all that there are
   * @throws Problem `invalid_redirect_uri`, `invalid_client_metadata`, `invalid_software_statement`, `unapproved_software_statement`
   */
  check(given: GivenMetadata, before?: ClientRegistration): Promise<CheckedMetadata>;
  /** @throws Problem `authentication_required`, `unapproved_software_statement`: the policy asks for more than was brought */
  enforcePolicy(checked: CheckedMetadata, registrant: RegistrantPrincipal | undefined): void;
  /** @param from keyed hash of where it comes from; undefined: it does not matter */
  entryFor(
    checked: CheckedMetadata,
    registrant: RegistrantPrincipal | undefined,
    from: string | undefined,
  ): AppEntry;
  /** What it changes into. @throws Problem `unapproved_software_statement` */
  nextOf(app: AppClient, checked: CheckedMetadata): NextApp;
  /** Counts one more app. @returns the id of a registration, to be confirmed or given up. @throws Problem `app_limit_reached`, `invalid_token` */
  begin(checked: CheckedMetadata, registrant: RegistrantPrincipal | undefined): Promise<string>;
  /** @returns false when it was given up meanwhile */
  confirm(registrationId: string): Promise<boolean>;
  /** Nobody will be told of it. @returns the client id of the app, when it was there already and is not any more */
  giveUp(registrationId: string, options: { nothingLeft: boolean }): Promise<string | undefined>;
  newRegistrationToken(): { token: string; hash: string };
}

interface Parts {
  apps: Apps;
  registrations: Registrations;
  statements: SoftwareStatements;
  /** The contract's schema `ClientMetadata`. */
  checkShape: Check;
  keyedHash: KeyedHash;
  settings: {
    appScopes: readonly string[];
    /** `REDIRECT_URI_EXCEPTIONS` */
    redirectUriExceptions: readonly string[];
    policy: RegistrationPolicy;
    newApps: 'pending' | 'approved';
    /** How many apps there may be, and how many of those that nobody vouched for. */
    cap: number;
    openPlaces: number;
    own: OwnIdentity;
  };
}

export function createRegistrar(parts: Parts): Registrar {
  const { apps, registrations, statements, checkShape, keyedHash, settings } = parts;

  /** A name that imitates is approved by nobody but a person. */
  const statusByItself = (flags: readonly unknown[]) => (flags.length > 0 ? 'pending' : settings.newApps);

  return {
    async check(given, before) {
      const said = given as SaidMetadata;
      const { software_statement } = said;
      const statement =
        software_statement === undefined ? undefined : await statements.verify(software_statement);
      const claims = withoutEmpty(statement?.claims ?? {});
      const whole = { ...said, ...(claims as object) };
      if (!Array.isArray(whole.redirect_uris) || whole.redirect_uris.length === 0)
        throw new Problem('invalid_redirect_uri', { detail: 'redirect_uris is missing' });
      const faults = statement && checkShape(whole);
      if (faults) throw misfit(faults);
      const { appScopes, redirectUriExceptions } = settings;
      const defaultScopes = before?.scope.split(' ') ?? appScopes;
      const metadata = checkClientMetadata(whole, appScopes, { defaultScopes, redirectUriExceptions });
      refuseReusedIds(metadata.jwks, before?.jwks);
      return { metadata, statementIssuer: statement?.issuer, asserted: Object.keys(claims) };
    },

    enforcePolicy({ statementIssuer }, registrant) {
      const has = {
        initial_access_token: registrant !== undefined,
        software_statement: statementIssuer !== undefined,
      };
      if (settings.policy.some((needs) => needs.every((need) => has[need]))) return;
      const isTokenWhatLacks = settings.policy.some((needs) =>
        needs.every((need) => has[need] || need === 'initial_access_token'),
      );
      throw isTokenWhatLacks
        ? new Problem('authentication_required', {
            detail: 'An initial access token is needed to register here.',
          })
        : new Problem('unapproved_software_statement', {
            detail: 'A software statement is needed to register here.',
          });
    },

    entryFor({ metadata, statementIssuer }, registrant, from) {
      const flags = findImitation(metadata, settings.own);
      const issuer = registrant?.issuer;
      const identity = identityOf(metadata);
      const isApproved = issuer?.kind === 'operator' || statementIssuer !== undefined;
      return {
        kind: 'app',
        name: identity.name,
        registration: 'dynamic',
        status: isApproved ? 'approved' : statusByItself(flags),
        identity,
        scopes: identity.scopes,
        ...(isApproved && { status_on: identity }),
        ...(flags.length > 0 && { flags }),
        ...(issuer?.kind === 'tenant' && { vouched_by: issuer.tenantId, vouched_on: identity }),
        ...(statementIssuer !== undefined && { statement_issuer: statementIssuer }),
        ...(from !== undefined && { alike: keyedHash('alike', JSON.stringify([from, sorted(metadata)])) }),
      };
    },

    nextOf(app, { metadata, statementIssuer, asserted }) {
      if (app.statement_issuer !== undefined && app.statement_issuer !== statementIssuer)
        throw new Problem('unapproved_software_statement', {
          detail: 'This app was registered with a software statement; send one by the same issuer.',
        });
      const flags = findImitation(metadata, settings.own);
      return {
        identity: identityOf(metadata),
        flags,
        byItself: statusByItself(flags),
        affirmed: app.statement_issuer === undefined ? [] : assertedParts(metadata, asserted),
      };
    },

    async begin({ statementIssuer }, registrant) {
      const issuer = registrant?.issuer;
      const tenantId = issuer?.kind === 'tenant' ? issuer.tenantId : undefined;
      const id = newRegistrationId(registrant && { tenantId, tokenId: registrant.tokenId });
      const hasSomebody = registrant !== undefined || statementIssuer !== undefined;
      const { cap, openPlaces } = settings;
      const places = { cap, open: hasSomebody ? undefined : openPlaces, perTenant: shareOf(cap) };
      const reserved = await registrations.reserve(id, places);
      if (reserved === 'reserved') return id;
      if (reserved === 'token used up')
        throw new Problem('invalid_token', { internal: 'its initial access token is used up' });
      throw new Problem('app_limit_reached', { headers: { 'Retry-After': '3600' } });
    },

    confirm: (id) => registrations.confirm(id),

    async giveUp(id, { nothingLeft }) {
      const clientId = await registrations.abandon(id);
      // From then on its client stands among those that are to be deleted.
      if (clientId !== undefined) await apps.remove(clientId);
      if (nothingLeft || clientId !== undefined) await registrations.close(id);
      return clientId;
    },

    newRegistrationToken() {
      const token = `tvr_${randomBytes(32).toString('base64url')}`;
      return { token, hash: keyedHash('registration-token', token) };
    },
  };
}

/** What came beside it was held against the contract before. */
function misfit(faults: Fault[]): Problem {
  const why = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  return new Problem('invalid_software_statement', { detail: `What it says of the app is wrong: ${why}.` });
}

/** Of all places one tenant's partners may have this many: others' must find one, too. */
const shareOf = (places: number) => Math.ceil(places / 2);

/** The same text for the same metadata. */
function sorted(metadata: ClientRegistration): [string, unknown][] {
  return Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
}
