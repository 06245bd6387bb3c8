/**
 * The consents of one user at Auth0, in the organizations of one tenant (Auth0 docs, "Consent with Organizations"). Its holder cannot address
 * those of other users, or those that the same user gave elsewhere.
 */
import type { Auth0Grant } from '../../src/auth0/management-grants.ts';
import type { Management } from '../../src/auth0/management.ts';
import {
  signInOrganizations,
  type ReadOrganizations,
  type SignInOrganization,
} from '../../src/registry/sign-in-organizations.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { begunAlready, onFailure, rethrown } from '../failures.ts';
import { standingOf } from './whose-user.ts';

/**
 * In which organizations a user's consents are those of a tenant. While it changes over, its home users' are also those without an
 * organization, but a guest gave these at home: only then the user's record is read.
 */
export const organizationsOfUser =
  (
    management: Pick<Management, 'getUser'>,
    read: () => Promise<Tenant | undefined>,
    userId: string,
  ): ReadOrganizations =>
  async () => {
    const tenant = await read();
    if (!tenant) return [];
    const all = signInOrganizations(tenant);
    if (tenant.organization === undefined || !all.includes(undefined)) return all;
    const user = await management.getUser(userId).catch(onFailure('not_found', () => undefined));
    const isHome = user !== undefined && standingOf(tenant, user) === 'home';
    return isHome ? all : all.filter((one) => one !== undefined);
  };

export type GrantCalls = Pick<Management, 'listGrants' | 'deleteGrant'>;

export interface DeletedConsent {
  found: boolean;
  upTo: number;
  organizations: readonly SignInOrganization[];
}

export class OwnConsents {
  readonly #management: GrantCalls;
  readonly #audience: string;
  readonly userId: string;
  readonly #organizations: ReadOrganizations;
  readonly #deleted: (grant: Auth0Grant) => Promise<void>;

  /** @param deleted called for each consent that `deleteAll` deletes */
  constructor(
    management: GrantCalls,
    audience: string,
    userId: string,
    organizations: ReadOrganizations,
    deleted: (grant: Auth0Grant) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#deleted = deleted;
    this.#management = management;
    this.#audience = audience;
    this.userId = userId;
    this.#organizations = organizations;
  }

  /** Consents to this API only: those to other APIs of the account are out of scope. */
  async list(): Promise<Auth0Grant[]> {
    return (await this.#listAll()).grants;
  }

  /** The grants first: their slot is the one that the job has. */
  async #listAll(): Promise<{ grants: Auth0Grant[]; organizations: readonly SignInOrganization[] }> {
    const all = await this.#management.listGrants({ user_id: this.userId });
    const organizations = await this.#organizations();
    const grants = all.filter(
      ({ user_id, audience, organization_id }) =>
        user_id === this.userId &&
        audience === this.#audience &&
        organizations.includes(organization_id || undefined),
    );
    return { grants, organizations };
  }

  /** Deletes all of them. Idempotent. @returns whether there were any; a failure after the first one is an unknown outcome */
  async deleteAll(): Promise<boolean> {
    let inPart = rethrown;
    for (const grant of await this.list()) {
      await this.#management.deleteGrant(grant.id).catch(inPart);
      inPart = begunAlready;
      await this.#deleted(grant);
    }
    return inPart === begunAlready;
  }

  /**
   * Deletes a consent with its refresh tokens.
   * @param authorityClientId the app's client id at Auth0
   * @returns whether there was one; Auth0's time of its deletion, seconds since 1970, 0 when the answer had none; where there is none now
   */
  async delete(authorityClientId: string): Promise<DeletedConsent> {
    const { grants: all, organizations } = await this.#listAll();
    const grants = all.filter(({ clientID }) => clientID === authorityClientId);
    let upTo = 0;
    for (const { id } of grants) upTo = Math.max(upTo, (await this.#management.deleteGrant(id)) ?? 0);
    return { found: grants.length > 0, upTo, organizations };
  }
}
