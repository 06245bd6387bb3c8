/** Authenticates the services behind the gateway, by the secrets that the operator configured for them. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problem.ts';
import type { ServicePrincipal } from '../principal.ts';
import type { Credential } from './credential.ts';

export class ServiceCredentials {
  /** Digests are of one length, as a comparison in constant time needs it. The secrets are random: no salt is needed. */
  readonly #digests: ReadonlyMap<string, readonly Buffer[]>;

  /** @param secrets service → its secrets */
  constructor(secrets: ReadonlyMap<string, readonly string[]>) {
    this.#digests = new Map(Array.from(secrets, ([service, own]) => [service, own.map(digestOf)]));
  }

  /**
   * @param service in the operation's path
   * @throws Problem `invalid_token`, alike for a wrong secret, that of another service, and an unknown service
   */
  admit(credential: Credential, service: string): ServicePrincipal {
    const digest = credential.scheme === 'bearer' ? digestOf(credential.token) : undefined;
    const own = this.#digests.get(service) ?? [];
    if (!digest || own.filter((one) => timingSafeEqual(one, digest)).length === 0)
      throw new Problem('invalid_token', { detail: 'It is not a secret of this service.' });
    return { kind: 'service', service, scopes: [] };
  }
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
