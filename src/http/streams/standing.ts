/**
 * Whether the caller of a long-running request may still call (invariant 3). Credential and permissions were checked
 * when the request arrived; a stream, an upload or a long wait outlasts that, so they are checked again.
 */
import type { Admission } from '../../authentication/authenticator.ts';
import type { AnyPrincipal } from '../../principal.ts';
import { Problem } from '../../problem.ts';
import type { Registry } from '../../registry/registry.ts';

export interface Standing {
  /** Expiry of the credential; ms since 1970. */
  readonly validUntil: number;
  /** Whether `recheck` could find anything new. @param generation of the registry */
  isDue(generation: number): boolean;
  /** The registry has not changed: the last check is valid as of now. */
  confirm(): void;
  /** Time since the last successful check, in ms. */
  age(): number;
  /** @throws Problem of the credential or permissions, see `isRefusal`; other errors when the check cannot be made */
  recheck(): Promise<void>;
}

interface Parts {
  admission: Admission;
  registry: Registry;
  /** @throws Problem when the principal may not call the operation */
  authorize: (principal: AnyPrincipal) => void;
}

/** Interval for checking what the registry does not know, e.g. a secret or signing key withdrawn at the authority. */
const CREDENTIAL_MS = 30_000;

export function createStanding({ admission, registry, authorize }: Parts): Standing {
  let current = admission;
  let generation: number | undefined;
  let checkedAt = performance.now();
  let knownAt = checkedAt;
  let underWay: Promise<void> | undefined;

  async function check(): Promise<void> {
    // Taken before any read, so that a concurrent change makes a check due again.
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

/** Whether the caller was refused, as opposed to a check that failed. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && (error.status === 401 || error.status === 403);
}
