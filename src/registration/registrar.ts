/** Decides who may register what, and creates the registry entry of an app, for every kind of registration. */
import { randomBytes } from 'node:crypto';
import type { Check, Fault } from '../contract/validators.ts';
import { withoutEmpty } from '../contract/without-empty.ts';
import { Problem } from '../problem.ts';
import type { RegistrantPrincipal } from '../principal.ts';
import type { RegistrationPolicy } from '../registration-settings.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { KnownApiScopes } from '../registry/known-api-scopes.ts';
import type { AppClient, NextApp } from '../registry/clients.ts';
import type { AppEntry } from '../relay/jobs/registerApp.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { assertedParts, identityOf } from './app-identity.ts';
import { checkClientMetadata, type GivenMetadata, type SaidMetadata } from './client-metadata.ts';
import { findImitation, type OwnIdentity } from './imitation.ts';
import { refuseReusedIds } from './public-keys.ts';
import type { RegistrationSaga } from './registration-saga.ts';
import type { SoftwareStatements } from './software-statement.ts';

/** Validated metadata, and who asserts them. */
export interface CheckedMetadata {
  metadata: ClientRegistration;
  statementIssuer: string | undefined;
  /** Members asserted by the software statement. */
  asserted: readonly string[];
}

interface Parts {
  registrations: Pick<RegistrationSaga, 'begin'>;
  statements: SoftwareStatements;
  /** The contract's schema `ClientMetadata`. */
  checkShape: Check;
  /** Scopes that the API has at the authority. */
  apiScopes: Pick<KnownApiScopes, 'existing'>;
  keyedHash: KeyedHash;
  settings: {
    appScopes: readonly string[];
    /** `REDIRECT_URI_EXCEPTIONS` */
    redirectUriExceptions: readonly string[];
    policy: RegistrationPolicy;
    newApps: 'pending' | 'approved';
    /** Most apps, and most of those that nobody vouches for. */
    cap: number;
    openPlaces: number;
    own: OwnIdentity;
  };
}

export class Registrar {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param given after the contract's check
   * @param before of an app that is updated: scopes left out stay unchanged, and never default to all
   * @throws Problem `invalid_redirect_uri`, `invalid_client_metadata`, `invalid_software_statement`, `unapproved_software_statement`
   */
  async check(given: GivenMetadata, before?: ClientRegistration): Promise<CheckedMetadata> {
    const { statements, checkShape, settings } = this.#parts;
    const said = given as SaidMetadata;
    const { software_statement } = said;
    const statement =
      software_statement === undefined ? undefined : await statements.verify(software_statement);
    const claims: Partial<SaidMetadata> = withoutEmpty(statement?.claims ?? {});
    const whole = { ...said, ...claims };
    if (!Array.isArray(whole.redirect_uris) || whole.redirect_uris.length === 0)
      throw new Problem('invalid_redirect_uri', { detail: 'redirect_uris is missing' });
    const faults = statement && checkShape(whole);
    if (faults) throw misfit(faults);
    const { redirectUriExceptions } = settings;
    const had = before?.scope.split(' ');
    const appScopes = this.#appScopes(had);
    const defaultScopes = had ?? appScopes;
    const metadata = checkClientMetadata(whole, appScopes, { defaultScopes, redirectUriExceptions });
    refuseReusedIds(metadata.jwks, before?.jwks);
    return { metadata, statementIssuer: statement?.issuer, asserted: Object.keys(claims) };
  }

  /** @throws Problem `authentication_required`, `unapproved_software_statement`: the registration policy requires more than was sent */
  enforcePolicy({ statementIssuer }: CheckedMetadata, registrant: RegistrantPrincipal | undefined): void {
    const { policy } = this.#parts.settings;
    const has = {
      initial_access_token: registrant !== undefined,
      software_statement: statementIssuer !== undefined,
    };
    if (policy.some((needs) => needs.every((need) => has[need]))) return;
    const isTokenWhatLacks = policy.some((needs) =>
      needs.every((need) => has[need] || need === 'initial_access_token'),
    );
    throw isTokenWhatLacks
      ? new Problem('authentication_required', {
          detail: 'An initial access token is needed to register here.',
        })
      : new Problem('unapproved_software_statement', {
          detail: 'A software statement is needed to register here.',
        });
  }

  /** @param from keyed hash of the caller's address; undefined: irrelevant */
  entryFor(
    { metadata, statementIssuer }: CheckedMetadata,
    registrant: RegistrantPrincipal | undefined,
    from: string | undefined,
  ): AppEntry {
    const flags = findImitation(metadata, this.#parts.settings.own);
    const identity = identityOf(metadata);
    const issuer = registrant?.issuer;
    const isApproved = issuer?.kind === 'operator' || statementIssuer !== undefined;
    const vouchedBy = tenantOf(registrant);
    return {
      kind: 'app',
      name: identity.name,
      registration: 'dynamic',
      status: isApproved ? 'approved' : this.#statusByItself(flags),
      identity,
      scopes: identity.scopes,
      status_on: isApproved ? identity : undefined,
      flags: flags.length > 0 ? flags : undefined,
      vouched_by: vouchedBy,
      vouched_on: vouchedBy === undefined ? undefined : identity,
      statement_issuer: statementIssuer,
      alike:
        from === undefined
          ? undefined
          : this.#parts.keyedHash('alike', JSON.stringify([from, sorted(metadata)])),
    };
  }

  /** The app after an update. @throws Problem `unapproved_software_statement` */
  nextOf(app: AppClient, { metadata, statementIssuer, asserted }: CheckedMetadata): NextApp {
    if (app.statement_issuer !== undefined && app.statement_issuer !== statementIssuer)
      throw new Problem('unapproved_software_statement', {
        detail: 'This app was registered with a software statement; send one by the same issuer.',
      });
    const flags = findImitation(metadata, this.#parts.settings.own);
    return {
      identity: identityOf(metadata),
      flags,
      byItself: this.#statusByItself(flags),
      affirmed: app.statement_issuer === undefined ? [] : assertedParts(metadata, asserted),
    };
  }

  /** Counts one more app. @returns the id of its registration (`RegistrationSaga`). @throws Problem `app_limit_reached`, `invalid_token` */
  begin({ statementIssuer }: CheckedMetadata, registrant: RegistrantPrincipal | undefined): Promise<string> {
    const { cap, openPlaces } = this.#parts.settings;
    const hasSomebody = registrant !== undefined || statementIssuer !== undefined;
    const by = registrant && { tenantId: tenantOf(registrant), tokenId: registrant.tokenId };
    const places = { cap, open: hasSomebody ? undefined : openPlaces, perTenant: shareOf(cap) };
    return this.#parts.registrations.begin(by, places);
  }

  newRegistrationToken(): { token: string; hash: string } {
    const token = `tvr_${randomBytes(32).toString('base64url')}`;
    return { token, hash: this.#parts.keyedHash('registration-token', token) };
  }

  /** An app keeps what it had, even while the API at the authority lacks it. */
  #appScopes(had: readonly string[] = []): string[] {
    const { apiScopes, settings } = this.#parts;
    const existing = apiScopes.existing(settings.appScopes);
    return settings.appScopes.filter((scope) => existing.includes(scope) || had.includes(scope));
  }

  /** A name that is flagged as imitation is approved only by a person. */
  #statusByItself(flags: readonly unknown[]): 'pending' | 'approved' {
    return flags.length > 0 ? 'pending' : this.#parts.settings.newApps;
  }
}

/** The tenant that vouches for an app, by its initial access token. */
const tenantOf = (registrant: RegistrantPrincipal | undefined): string | undefined =>
  registrant?.issuer.kind === 'tenant' ? registrant.issuer.tenantId : undefined;

/** The metadata sent beside the statement passed the contract's check before. */
function misfit(faults: Fault[]): Problem {
  const why = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  return new Problem('invalid_software_statement', { detail: `Its client metadata is not valid: ${why}.` });
}

/** Most places for one tenant's partners: other tenants need some, too. */
const shareOf = (places: number) => Math.ceil(places / 2);

/** Canonical form: equal for equal metadata. */
function sorted(metadata: ClientRegistration): [string, unknown][] {
  return Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
}
