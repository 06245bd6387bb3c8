/** The Management API for one lane: each call takes a slot first, and a call that the authority's limit refused is made again. */
import { ManagementFailure } from '../src/auth0/errors.ts';
import { createManagement } from '../src/auth0/management.ts';
import type { Management } from '../src/auth0/management.ts';
import type { Budget } from '../src/relay/budget.ts';
import type { Lane } from '../src/relay/lanes.ts';

interface Parts {
  authorityUrl: string;
  timeoutMs: number;
  token: () => Promise<string>;
  budget: Budget;
  lane: Lane;
}

/** A refused call was not carried out, so making it again is safe; more often than this it is given up. */
const MAX_REFUSALS = 8;
/** When the authority does not say how long. */
const DEFAULT_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

export function createBudgetedManagement({
  authorityUrl,
  timeoutMs,
  token,
  budget,
  lane,
}: Parts): Management {
  const management = createManagement(
    { authorityUrl, timeoutMs, beforeCall: () => budget.take(lane) },
    token,
  );

  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let refusals = 1; ; refusals += 1) {
      try {
        return await call();
      } catch (error) {
        if (
          !(error instanceof ManagementFailure) ||
          error.kind !== 'rate_limited' ||
          refusals === MAX_REFUSALS
        )
          throw error;
        await budget.pause(Math.min(error.retryAfterMs ?? DEFAULT_PAUSE_MS, MAX_PAUSE_MS));
      }
    }
  }

  return {
    createUser: (...args) => patiently(() => management.createUser(...args)),
    getUser: (...args) => patiently(() => management.getUser(...args)),
    findUsersByEmail: (...args) => patiently(() => management.findUsersByEmail(...args)),
    searchUsers: (...args) => patiently(() => management.searchUsers(...args)),
    createThirdPartyClient: (...args) => patiently(() => management.createThirdPartyClient(...args)),
    listThirdPartyClients: (...args) => patiently(() => management.listThirdPartyClients(...args)),
    createMachineClient: (...args) => patiently(() => management.createMachineClient(...args)),
    listMachineClients: (...args) => patiently(() => management.listMachineClients(...args)),
    createClientGrant: (...args) => patiently(() => management.createClientGrant(...args)),
    listClientGrants: (...args) => patiently(() => management.listClientGrants(...args)),
    deleteClientGrant: (...args) => patiently(() => management.deleteClientGrant(...args)),
    deleteClient: (...args) => patiently(() => management.deleteClient(...args)),
    createUserGrantOf: (...args) => patiently(() => management.createUserGrantOf(...args)),
  };
}
