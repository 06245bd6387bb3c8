/** Scopes in words, and roles as sets of scopes, with those of the services. Pure. */
import type { ContractDocument } from '../../contract/document.ts';
import { CALLERS } from './merged-operation.ts';
import type { Opened } from './opened-operations.ts';
import { ServicesFault } from './services-fault.ts';
import type { ServicesFile } from './services-file.ts';

/** Holds every scope: who may give something must have it (invariant 9), and somebody has to be able to. */
const ADMIN = 'admin';

export interface Grants {
  /** Scope → its words on a consent page; those of the services only. */
  scopes: Record<string, string>;
  /** Role → its scopes; all of them. */
  roles: Record<string, string[]>;
}

/** Scopes that operations are opened with. */
export const scopesNeededBy = (opened: readonly Opened[]): Set<string> =>
  new Set(opened.flatMap(({ entry }) => CALLERS.flatMap((caller) => entry[caller] ?? [])));

/** @throws ServicesFault */
export function grantsOf(
  own: ContractDocument,
  { file, scopes, roles }: ServicesFile,
  opened: readonly Opened[],
): Grants {
  const ours = own['x-scopes'] ?? {};
  const needed = scopesNeededBy(opened);
  const faults = opened.flatMap(({ entry, operation, fault }) =>
    CALLERS.flatMap((caller) => entry[caller] ?? [])
      .filter((scope) => !Object.hasOwn(ours, scope) && !Object.hasOwn(scopes, scope))
      .map((scope) =>
        fault(
          `${operation.operationId} needs ${scope}, which has no words; say under \`scopes\` what it allows`,
        ),
      ),
  );
  for (const scope of Object.keys(scopes)) {
    if (Object.hasOwn(ours, scope))
      faults.push(file.fault(['scopes', scope], `${scope} is a scope of this API, which has words already`));
    else if (!needed.has(scope))
      faults.push(file.fault(['scopes', scope], `${scope} is needed by no open operation; remove it`));
  }
  for (const [role, held] of Object.entries(roles))
    for (const scope of held)
      if (!Object.hasOwn(ours, scope) && !needed.has(scope))
        faults.push(
          file.fault(
            ['roles', role],
            `role ${role} holds ${scope}, which no operation needs; nobody could use it`,
          ),
        );
  if (faults.length > 0) throw new ServicesFault([...new Set(faults)]);
  return { scopes, roles: merged(own['x-role-scopes'] ?? {}, roles, Object.keys(scopes)) };
}

function merged(
  own: Record<string, string[]>,
  roles: Record<string, string[]>,
  scopes: readonly string[],
): Record<string, string[]> {
  const names = new Set([...Object.keys(own), ...Object.keys(roles)]);
  return Object.fromEntries(
    Array.from(names, (role) => [
      role,
      [...new Set([...(own[role] ?? []), ...(roles[role] ?? []), ...(role === ADMIN ? scopes : [])])],
    ]),
  );
}
