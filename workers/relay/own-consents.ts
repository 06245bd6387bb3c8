/** The consents of one user at Auth0. Its holder cannot address those of other users. */
import type { Auth0Grant } from '../../src/auth0/management-grants.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { CallOf } from '../../src/relay/access.ts';

export class OwnConsents {
  readonly #management: Pick<Management, CallOf<'own-consents'>>;
  readonly #audience: string;
  readonly userId: string;

  constructor(management: Pick<Management, CallOf<'own-consents'>>, audience: string, userId: string) {
    this.#management = management;
    this.#audience = audience;
    this.userId = userId;
  }

  /** Consents to this API only: those to other APIs of the account are out of scope. */
  async list(): Promise<Auth0Grant[]> {
    const grants = await this.#management.listGrants({ user_id: this.userId });
    return grants.filter((grant) => grant.user_id === this.userId && grant.audience === this.#audience);
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
