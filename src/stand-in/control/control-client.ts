import type { Effect, Fault, When } from '../faults/fault.ts';
import type { PlannedFault } from '../faults/fault-table.ts';
import type { Mail } from '../mails.ts';
import type { Calls, SettingChanges } from './controls.ts';

export type { Effect, Fault, When };

/** Controls a stand-in in another process: faults, clock, settings. The stand-in must have been started with a control port. */
export class ControlClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Times in milliseconds, `retryAfter` in seconds. */
  addFault(fault: Fault): Promise<PlannedFault> {
    return this.#call('POST', 'faults', fault) as Promise<PlannedFault>;
  }

  /** Including the number of hits. */
  async faults(): Promise<PlannedFault[]> {
    return ((await this.#call('GET', 'faults')) as { faults: PlannedFault[] }).faults;
  }

  async removeFault(id: string): Promise<void> {
    await this.#call('DELETE', `faults/${id}`);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', 'faults');
  }

  /** @returns the new time, in milliseconds since 1970 */
  async advanceClock(advanceMs: number): Promise<number> {
    return ((await this.#call('POST', 'clock', { advanceMs })) as { now: number }).now;
  }

  async change(settings: SettingChanges): Promise<void> {
    await this.#call('PATCH', 'settings', settings);
  }

  async rotateKeys(keepOld: boolean): Promise<void> {
    await this.#call('POST', 'keys', { keepOld });
  }

  /** Signs any header and payload with the newest key; `alg`, `typ` and `kid` default to those of an access token. */
  async signToken(header: object, payload: object): Promise<string> {
    return ((await this.#call('POST', 'tokens', { header, payload })) as { token: string }).token;
  }

  async goDown(): Promise<void> {
    await this.#call('POST', 'down', {});
  }

  async comeUp(): Promise<void> {
    await this.#call('POST', 'up', {});
  }

  calls(): Promise<Calls> {
    return this.#call('GET', 'calls') as Promise<Calls>;
  }

  /** Recipients of mails that Auth0 would have sent, oldest first. */
  async mails(): Promise<Mail[]> {
    return ((await this.#call('GET', 'mails')) as { mails: Mail[] }).mails;
  }

  async forgetCalls(): Promise<void> {
    await this.#call('DELETE', 'calls');
  }

  /** @throws Error with the stand-in's message */
  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`control: ${method} /${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
