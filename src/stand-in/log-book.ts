import { randomInt } from 'node:crypto';
import type { LogEvent } from './store/records.ts';
import type { Store } from './store/store.ts';

/** The types of event that the stand-in writes (Auth0 docs, "Log event type codes"). */
export type LogType =
  | 's' // sign-in
  | 'f' // failed sign-in
  | 'fp' // wrong password
  | 'slo' // sign-out
  | 'seacft' // authorization code for tokens
  | 'feacft'
  | 'seccft' // client credentials for a token
  | 'feccft'
  | 'sertft' // refresh token for tokens
  | 'fertft'
  | 'ferrt' // a rotated refresh token was reused
  | 'srrt' // refresh token revoked
  | 'ss' // user created
  | 'sdu' // user deleted
  | 'scp' // password changed
  | 'sv' // email address verified
  | 'ublkdu' // block after wrong passwords released
  | 'sapi' // a write at the Management API
  | 'api_limit'
  | 'api_limit_warning'
  | 'token_quota_consumption_warning'
  | 'limit_wc'; // too many wrong passwords

export type LogEntry = Omit<LogEvent, 'log_id' | 'date' | 'type'> & { type: LogType };

/** Beyond this number the oldest events are dropped. */
const EVENTS_KEPT = 200_000;
const SEQUENCE_DIGITS = 12;

/** Auth0's tenant log. Contains no secrets: entries consist only of the fields named here. */
export class LogBook {
  readonly #store: Store;
  readonly #now: () => number;
  #sequence: number;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
    let last: string | undefined;
    for (const id of store.logs.keys()) last = id;
    // Two runs without a store file must not assign the same ids.
    this.#sequence =
      last === undefined ? randomInt(1, 1_000) * 1_000_000 : Number(last.slice(-SEQUENCE_DIGITS));
  }

  write(entry: LogEntry): void {
    const date = new Date(this.#now()).toISOString();
    this.#sequence += 1;
    // As many digits as Auth0's ids, and increasing like them (recorded: 90020230314144709188593…).
    const sequence = String(this.#sequence).padStart(SEQUENCE_DIGITS, '0');
    const log_id = `900${date.replace(/\D/g, '')}${sequence.padStart(39, '0')}`;
    const { logs } = this.#store;
    logs.put({ log_id, date, ...entry });
    if (logs.size <= EVENTS_KEPT) return;
    for (const oldest of logs.keys()) {
      logs.delete(oldest);
      break;
    }
  }
}
