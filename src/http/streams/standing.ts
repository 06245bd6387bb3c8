/**
 * Whether the caller of a request that lasts may still call it (invariant 3). Credential and right were checked when the request came;
 * a stream, an upload or a long wait outlives that, so they are checked again.
 */
import type { Admission } from '../../authentication/authenticator.ts';
import type { AnyPrincipal } from '../../principal.ts';
import { Problem } from '../../problem.ts';
import type { Registry } from '../../registry/registry.ts';

export interface Standing {
  /** When the credential expires by itself; ms since 1970. */
  readonly validUntil: number;
  /** Whether `recheck` could find anything new. @param generation the registry's */
  isDue(generation: number): boolean;
  /** Nothing changed in the registry: known to be good as of now. */
  confirm(): void;
  /** Since when it has not been known to be good, in ms. */
  age(): number;
  /** @throws Problem of the credential or of the right, see `isRefusal`; others when it cannot be checked */
  recheck(): Promise<void>;
}

interface Parts {
  admission: Admission;
  registry: Registry;
  /** @throws Problem when the operation is not for this principal */
  authorize: (principal: AnyPrincipal) => void;
}

/** What the registry does not know (a secret or a signing key that was withdrawn at the authority) is looked at this often. */
const CREDENTIAL_MS = 30_000;

export function createStanding({ admission, registry, authorize }: Parts): Standing {
  let current = admission;
  let generation: number | undefined;
  let checkedAt = performance.now();
  let knownAt = checkedAt;
  let underWay: Promise<void> | undefined;

  async function check(): Promise<void> {
    // Taken before anything is read: a change in between makes it due again.
    const seen = registry.generation();
    const found = await current.recheck();
    authorize(found.principal);
    current = found;
    generation = seen;
    checkedAt = knownAt = performance.now();
  }

  return {
    get validUntil() {
      return current.validUntil;
    },
    isDue: (now) => now !== generation || performance.now() - checkedAt >= CREDENTIAL_MS,
    confirm: () => (knownAt = performance.now()),
    age: () => performance.now() - knownAt,
    recheck: () => (underWay ??= check().finally(() => (underWay = undefined))),
  };
}

/** Whether the caller was refused, rather than nobody able to tell. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && (error.status === 401 || error.status === 403);
}
