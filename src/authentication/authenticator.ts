/** Authenticates callers: verifies a credential, resolves it to a principal, and applies the rules of API keys. */
import { isWithin } from '../addresses.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';
import { Problem } from '../problem.ts';
import { redisNow } from '../redis/clock.ts';
import type { ApiKeys } from './api-key/api-keys.ts';
import type { CheckedKey } from './api-key/key-verification.ts';
import type { BearerTokens } from './bearer-token.ts';
import type { Credential } from './credential.ts';
import type { DpopProofs } from './dpop.ts';
import {
  PrincipalResolver,
  type Refusal,
  type ResolvedPrincipal,
  type ResolverParts,
} from './principal-resolver.ts';
import type { TokenClaims } from './token-claims.ts';

/** An authenticated caller. */
export interface Admission {
  principal: Principal | OperatorPrincipal;
  /** The authority is unavailable; its API key was accepted within its grace period. */
  inGrace: boolean;
  /** When the token, or the API key, expires; ms since 1970. */
  validUntil: number;
  /**
   * Authenticates the same credential again, for a long-lived request: without a new proof, and not counted as a use.
   * @throws Problem as `authenticate` does
   */
  recheck(): Promise<Admission>;
}

/** Other attributes of the request, evaluated on demand. */
export interface Presentation {
  method: string;
  /** The public URL, as in a DPoP proof. */
  url(): string;
  /** The caller's IP address; that of an untrusted proxy if the caller's is unknown. */
  address(): string;
  isAddressKnown: boolean;
}

interface Parts extends ResolverParts {
  tokens: BearerTokens;
  proofs: DpopProofs;
  apiKeys: ApiKeys;
  countUse: (clientId: string) => void;
}

export class Authenticator {
  readonly #parts: Parts;
  readonly #resolver: PrincipalResolver;
  readonly #resolved = new WeakMap<TokenClaims, ResolvedPrincipal>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#resolver = new PrincipalResolver(parts);
  }

  /** @returns the claims of a token that was verified before, and is still valid; its caller may be refused all the same */
  find(token: string): TokenClaims | undefined {
    return this.#parts.tokens.find(token);
  }

  /** Returns a promise only where something has to be looked up. @throws Problem */
  authenticate(credential: Credential, presentation: Presentation): Admission | Promise<Admission> {
    return this.#enter(credential, presentation, true);
  }

  /** @param isUse false: a recheck for a long-lived request, whose proof was checked at its start */
  #enter(credential: Credential, presentation: Presentation, isUse: boolean): Admission | Promise<Admission> {
    const entry = { credential, presentation, isUse };
    const checked = this.#verify(entry);
    return checked instanceof Promise
      ? checked.then((late) => this.#admit(late, entry))
      : this.#admit(checked, entry);
  }

  #verify({ credential, presentation, isUse }: Entry): CheckedKey | Promise<CheckedKey> {
    if (credential.scheme === 'basic')
      return this.#parts.apiKeys.verify(credential.encoded, () => presentation.address());
    const known = isUse && credential.scheme === 'bearer' ? credential.claims : undefined;
    const claims = known ?? this.#parts.tokens.verify(credential.token);
    return claims instanceof Promise ? claims.then(ungraced) : ungraced(claims);
  }

  #admit(checked: CheckedKey, entry: Entry): Admission | Promise<Admission> {
    const { claims } = checked;
    const known = needsProof(claims, entry) ? undefined : this.#known(claims);
    return known ? this.#admission(checked, known, entry) : this.#admitLater(checked, entry);
  }

  /** What was resolved before, unless the registry has changed since. */
  #known(claims: TokenClaims): ResolvedPrincipal | undefined {
    const resolved = this.#resolved.get(claims);
    const isCurrent =
      resolved?.generation !== undefined && resolved.generation === this.#parts.registry.generation();
    return isCurrent ? resolved : undefined;
  }

  async #admitLater(checked: CheckedKey, entry: Entry): Promise<Admission> {
    const { claims } = checked;
    const { credential, presentation } = entry;
    if (needsProof(claims, entry) && credential.scheme !== 'basic')
      await this.#checkBinding(claims, credential, presentation);
    const resolved = this.#known(claims) ?? (await this.#resolver.resolve(claims, refusalOf(entry)));
    this.#resolved.set(claims, resolved);
    return this.#admission(checked, resolved, entry);
  }

  #admission({ claims, inGrace }: CheckedKey, resolved: ResolvedPrincipal, entry: Entry): Admission {
    const { credential, presentation } = entry;
    this.#applyKeyRules(claims, resolved, entry);
    const { principal, endsAt } = resolved;
    return {
      principal,
      inGrace,
      // An API key's own access token is renewed while the key is valid, so its expiry does not count.
      validUntil: credential.scheme === 'basic' ? endsAt : Math.min(claims.expiresAt, endsAt),
      recheck: async () => this.#enter(credential, presentation, false),
    };
  }

  /** Applies the rules of an API key, both to the key itself and to access tokens obtained with it. */
  #applyKeyRules(claims: TokenClaims, { principal, endsAt, ranges }: ResolvedPrincipal, entry: Entry): void {
    const { presentation, isUse } = entry;
    if (isUse && principal.kind === 'app') this.#parts.appUse.count(principal.clientId, claims.expiresAt);
    if (principal.kind !== 'tenant') return;
    if (endsAt <= redisNow()) {
      const caller = principal;
      throw refusalOf(entry) === 'invalid_api_key'
        ? new Problem('api_key_expired', {
            caller,
            internal: `the API key ended at ${new Date(endsAt).toISOString()}`,
          })
        : new Problem('invalid_token', {
            detail: 'The API key with which the token was obtained has expired.',
            caller,
          });
    }
    if (ranges && !(presentation.isAddressKnown && isWithin(presentation.address(), ranges)))
      throw new Problem('address_not_allowed', {
        caller: principal,
        internal: presentation.isAddressKnown
          ? 'the caller’s address is not in the key’s ranges'
          : 'the caller’s address is unknown',
      });
    if (isUse) this.#parts.countUse(principal.clientId);
  }

  /** RFC 9449 section 7.1: a bound token requires a proof with its key, and an unbound one is not accepted as bound. */
  async #checkBinding(
    { boundTo }: TokenClaims,
    credential: Exclude<Credential, { scheme: 'basic' }>,
    presentation: Presentation,
  ): Promise<void> {
    if (credential.scheme === 'bearer') {
      if (boundTo === undefined) return;
      throw new Problem('invalid_token', {
        detail: 'The token is bound to a key: present it as `Authorization: DPoP`, with a proof.',
      });
    }
    if (boundTo === undefined)
      throw new Problem('invalid_token', {
        detail: 'The token is not bound to a key: present it as `Authorization: Bearer`.',
      });
    await this.#parts.proofs.check(credential.proofs, {
      token: credential.token,
      boundTo,
      method: presentation.method,
      url: presentation.url(),
    });
  }
}

/** A presented credential. */
interface Entry {
  credential: Credential;
  presentation: Presentation;
  isUse: boolean;
}

const ungraced = (claims: TokenClaims): CheckedKey => ({ claims, inGrace: false });

const refusalOf = ({ credential }: Entry): Refusal =>
  credential.scheme === 'basic' ? 'invalid_api_key' : 'invalid_token';

/** An unbound token that is presented as a bound one is refused there, too. */
const needsProof = ({ boundTo }: TokenClaims, { credential, isUse }: Entry): boolean =>
  isUse && (credential.scheme === 'dpop' || (credential.scheme === 'bearer' && boundTo !== undefined));
