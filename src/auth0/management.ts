/**
 * The Management API as workers use it: a narrow interface over the `auth0` SDK, which is made here only. Its retries are
 * off, and each HTTP call it makes goes by way of a `SendCall`: that is where the budget is spent.
 */
import { ManagementClient } from 'auth0';
import { ManagementFailure, toManagementFailure } from './errors.ts';
import { clientCalls } from './management-clients.ts';
import type { ClientCalls } from './management-clients.ts';
import { tenantCalls } from './management-tenants.ts';
import type { TenantCalls } from './management-tenants.ts';
import { userCalls } from './management-users.ts';
import type { UserCalls } from './management-users.ts';
import { clientWays } from './management-ways.ts';
import type { SdkCall } from './management-ways.ts';

/** Every call throws `ManagementFailure` and nothing else. */
export interface Management extends UserCalls, ClientCalls, TenantCalls {}

/** Makes the HTTP call. @throws NotSent when it did not */
export type SendCall = (url: URL, init: RequestInit) => Promise<Response>;

/** The SDK's clock runs while a call waits for its slot, so it must not end calls: `send` does. Its timers are at least short. */
const SDK_TIMEOUT_SECONDS = 1;

/** The SDK knows one `fetch` only, so whoever makes a call has one to itself meanwhile. */
interface Line {
  sdk: ManagementClient;
  send: SendCall | undefined;
}

/** @returns the Management API, with each call made by way of `send` */
export function createManagement(
  authorityUrl: string,
  token: () => Promise<string>,
): (send: SendCall) => Management {
  const { host, protocol } = new URL(authorityUrl);
  /** Used again: to make one costs more than a call does. (So does it to find out by `AsyncLocalStorage` whose call it is.) */
  const free: Line[] = [];

  function newLine(): Line {
    const sdk = new ManagementClient({
      domain: host,
      token,
      maxRetries: 0,
      timeoutInSeconds: SDK_TIMEOUT_SECONDS,
      telemetry: false,
      fetch: (input: string | URL | Request, init: RequestInit = {}) => {
        const target = new URL(input instanceof Request ? input.url : input);
        // The SDK knows https only; an authority on this machine may speak http.
        if (target.host === host) target.protocol = protocol;
        return line.send!(target, init);
      },
    });
    const line: Line = { sdk, send: undefined };
    return line;
  }

  return (send) =>
    callsOf(token, async (call) => {
      const line = free.pop() ?? newLine();
      line.send = send;
      try {
        return await call(line.sdk);
      } finally {
        line.send = undefined;
        free.push(line);
      }
    });
}

function callsOf(token: () => Promise<string>, sent: <T>(call: SdkCall<T>) => Promise<T>): Management {
  async function read<T>(call: SdkCall<T>): Promise<T> {
    try {
      return await sent(call);
    } catch (error) {
      throw toManagementFailure(error, true);
    }
  }
  async function write<T>(call: SdkCall<T>): Promise<T> {
    // Without a token nothing was sent, so nothing is in doubt.
    await token();
    try {
      return await sent(call);
    } catch (error) {
      throw toManagementFailure(error, false);
    }
  }

  async function gone(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof ManagementFailure) || error.kind !== 'not_found') throw error;
    }
  }

  const plain = { read, write, gone };
  const ways = { ...plain, ...clientWays(plain) };
  return { ...userCalls(ways), ...clientCalls(ways), ...tenantCalls(ways) };
}
