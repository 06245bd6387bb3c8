import type { Management } from '../../src/auth0/management.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';

/** What a performer works with. */
export interface Bench {
  management: Management;
  audience: string;
  saveClient: (client: RegisteredClient) => Promise<void>;
}

/** A try. `mayBeDone`: an earlier one was sent, and nobody knows how it ended. */
export interface Try {
  mayBeDone: boolean;
}

/** Does the work of one relay job at the authority. Throws `Problem` for an end, `ManagementFailure` for what the worker decides. */
export type Performer<Input, Outcome> = (bench: Bench, input: Input, attempt: Try) => Promise<Outcome>;
