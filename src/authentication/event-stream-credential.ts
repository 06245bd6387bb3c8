/** Authenticates the deliveries of the authority's event stream, by the token that the operator configured at both. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problem.ts';
import type { AuthorityPrincipal } from '../principal.ts';
import type { Credential } from './credential.ts';

const AUTHORITY: AuthorityPrincipal = { kind: 'authority', scopes: [] };

export class EventStreamCredential {
  /** Digests are of one length, as a comparison in constant time needs it. The tokens are random: no salt is needed. */
  readonly #digests: readonly Buffer[];

  /** @param tokens one, or two while one replaces the other; none: nothing is delivered here */
  constructor(tokens: readonly string[]) {
    this.#digests = tokens.map(digestOf);
  }

  /** @throws Problem `invalid_token` */
  admit(credential: Credential): AuthorityPrincipal {
    const digest = credential.scheme === 'bearer' ? digestOf(credential.token) : undefined;
    if (!digest || this.#digests.filter((one) => timingSafeEqual(one, digest)).length === 0)
      throw new Problem('invalid_token', { detail: 'It is not the token of the event stream.' });
    return AUTHORITY;
  }
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
