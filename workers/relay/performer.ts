import type { Management } from '../../src/auth0/management.ts';
import type { ApiKeyChange, StoredApiKey } from '../../src/registry/api-keys.ts';
import type { Apps } from '../../src/registry/apps.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { LooseEnds } from '../../src/registry/loose-ends.ts';
import type { Registrations } from '../../src/registry/registrations.ts';
import type { Withdrawals } from '../../src/registry/withdrawals.ts';
import type { KeyedHash } from '../../src/secrets/keyed-hash.ts';

/** What a performer works with. */
export interface Bench {
  management: Management;
  audience: string;
  saveClient: (client: RegisteredClient) => Promise<void>;
  readKey: (clientId: string) => Promise<StoredApiKey | undefined>;
  /** All or none; false when one is not any more as it was read. */
  changeKeys: (tenantId: string, changes: readonly ApiKeyChange[]) => Promise<boolean>;
  removeKey: (clientId: string) => Promise<boolean>;
  unfinishedKeys: LooseEnds;
  apps: Apps;
  registrations: Registrations;
  withdrawals: Withdrawals;
  leaving: LooseEnds;
  keyedHash: KeyedHash;
}

/** A try. `mayBeDone`: an earlier one was sent, and nobody knows how it ended. */
export interface Try {
  mayBeDone: boolean;
}

/** Does the work of one relay job at the authority. Throws `Problem` for an end, `ManagementFailure` for what the worker decides. */
export type Performer<Input, Outcome> = (bench: Bench, input: Input, attempt: Try) => Promise<Outcome>;
