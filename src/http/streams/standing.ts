/**
 * Whether the caller of a long-running request may still call (invariant 3). Credential and permissions were checked
 * when the request arrived; a stream, an upload or a long wait outlasts that, so they are checked again.
 */
import type { Admission } from '../../authentication/authenticator.ts';
import { authorize } from '../../authorization/authorize.ts';
import type { OperationDescription } from '../../contract/load-contract.ts';
import { Problem } from '../../problem.ts';
import type { Registry } from '../../registry/registry.ts';

/** Interval for checking what the registry does not know, e.g. a secret or signing key withdrawn at the authority. */
const CREDENTIAL_MS = 30_000;

interface Parts {
  admission: Admission;
  registry: Pick<Registry, 'generation'>;
  operation: OperationDescription;
  /** Path parameters of the request. */
  path: Readonly<Record<string, string>>;
  /** `performance.now()` at the last check, or before it. */
  since: number;
}

export class Standing {
  readonly #registry: Pick<Registry, 'generation'>;
  readonly #operation: OperationDescription;
  readonly #path: Readonly<Record<string, string>>;
  #current: Admission;
  #generation: number | undefined;
  #checkedAt: number;
  #knownAt: number;
  #underWay: Promise<void> | undefined;

  constructor({ admission, registry, operation, path, since }: Parts) {
    this.#current = admission;
    this.#registry = registry;
    this.#operation = operation;
    this.#path = path;
    this.#checkedAt = this.#knownAt = since;
  }

  /** Expiry of the credential; ms since 1970. */
  get validUntil(): number {
    return this.#current.validUntil;
  }

  /** Whether `recheck` could find anything new. @param generation of the registry */
  isDue(generation: number): boolean {
    return generation !== this.#generation || performance.now() - this.#checkedAt >= CREDENTIAL_MS;
  }

  /** The registry has not changed: the last check is valid as of now. */
  confirm(): void {
    this.#knownAt = performance.now();
  }

  /** Time since the last successful check, in ms. */
  age(): number {
    return performance.now() - this.#knownAt;
  }

  /** @throws Problem of the credential or permissions, see `isRefusal`; other errors when the check cannot be made */
  recheck(): Promise<void> {
    this.#underWay ??= this.#check().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  async #check(): Promise<void> {
    // Taken before any read, so that a concurrent change makes a check due again.
    const seen = this.#registry.generation();
    const found = await this.#current.recheck();
    authorize(this.#operation, found.principal, this.#path);
    this.#current = found;
    this.#generation = seen;
    this.#checkedAt = this.#knownAt = performance.now();
  }
}

/** Whether the caller was refused, as opposed to a check that failed. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && (error.status === 401 || error.status === 403);
}
