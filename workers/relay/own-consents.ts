/**
 * The consents of one user at Auth0, in the organizations of one tenant (Auth0 docs, "Consent with Organizations"). Its holder cannot address
 * those of other users, or those that the same user gave elsewhere.
 */
import type { Auth0Grant } from '../../src/auth0/management-grants.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { ReadOrganizations } from '../../src/registry/sign-in-organizations.ts';
import type { CallOf } from '../../src/relay/access.ts';

export class OwnConsents {
  readonly #management: Pick<Management, CallOf<'own-consents'>>;
  readonly #audience: string;
  readonly userId: string;
  readonly organizations: ReadOrganizations;

  constructor(
    management: Pick<Management, CallOf<'own-consents'>>,
    audience: string,
    userId: string,
    organizations: ReadOrganizations,
  ) {
    this.#management = management;
    this.#audience = audience;
    this.userId = userId;
    this.organizations = organizations;
  }

  /** Consents to this API only: those to other APIs of the account are out of scope. */
  async list(): Promise<Auth0Grant[]> {
    const grants = await this.#management.listGrants({ user_id: this.userId });
    const organizations = await this.organizations();
    return grants.filter(
      ({ user_id, audience, organization_id }) =>
        user_id === this.userId &&
        audience === this.#audience &&
        organizations.includes(organization_id || undefined),
    );
  }

  /**
   * Deletes a consent with its refresh tokens.
   * @param authorityClientId the app's client id at Auth0
   * @returns whether there was one, and Auth0's time of its deletion, seconds since 1970; 0 when the answer had none
   */
  async delete(authorityClientId: string): Promise<{ found: boolean; upTo: number }> {
    const grants = (await this.list()).filter(({ clientID }) => clientID === authorityClientId);
    let upTo = 0;
    for (const { id } of grants) upTo = Math.max(upTo, (await this.#management.deleteGrant(id)) ?? 0);
    return { found: grants.length > 0, upTo };
  }
}
