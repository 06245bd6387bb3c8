import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

export const getAccountDiagnosis: Operation<'getAccountDiagnosis', Relaying> = (call) =>
  relayed(call, {}, toAnswer);

export const toAnswer: RelayedAnswer<'getAccountDiagnosis'> = (found) => ({
  status: 200,
  body: {
    applications: { used: found.applications },
    missing_scopes: found.missingScopes,
    vanished_clients: found.vanished,
    clocks: { worker_ms: found.workerMs, authority_ms: found.authorityMs },
  },
});
