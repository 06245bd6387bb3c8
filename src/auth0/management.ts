/**
 * The Management API as workers use it: a narrow interface over the `auth0` SDK, which only this file instantiates. The
 * SDK's retries are off, and each HTTP call goes through a `SendCall`, which spends the budget.
 */
import { ManagementClient } from 'auth0';
import { ManagementFailure, toManagementFailure } from './errors.ts';
import {
  apiScopesCalls,
  noApiScopesMemory,
  type ApiScopesCalls,
  type ApiScopesMemory,
} from './api-scopes.ts';
import { endpointOf } from './endpoint-group.ts';
import { accountCalls, type AccountCalls } from './management-account.ts';
import { clientCalls, type ClientCalls } from './management-clients.ts';
import { tenantCalls, type TenantCalls } from './management-tenants.ts';
import { grantCalls, type GrantCalls } from './management-grants.ts';
import { logCalls, type LogCalls } from './management-logs.ts';
import { organizationCalls, type OrganizationCalls } from './management-organizations.ts';
import type { ManagementToken } from './management-token.ts';
import { readRefusal } from './refusal.ts';
import { userCalls, type UserCalls } from './management-users.ts';
import { clientTransport, type SdkCall } from './management-transport.ts';

/** Every call throws `ManagementFailure` and nothing else. */
export interface Management
  extends
    UserCalls,
    ClientCalls,
    GrantCalls,
    ApiScopesCalls,
    TenantCalls,
    OrganizationCalls,
    AccountCalls,
    LogCalls {}

/** Makes the HTTP call. @throws NotSent when it did not */
export type SendCall = (url: URL, init: RequestInit) => Promise<Response>;

/**
 * The SDK's timeout also runs while a call waits for its slot, so it must not end calls: `send` does. It keeps the
 * SDK's timers short.
 */
const SDK_TIMEOUT_SECONDS = 1;

export interface ManagementSettings {
  authorityUrl: string;
  token: ManagementToken;
  /**
   * For an account with several: the custom domain of links in mails and tickets. Such an account refuses calls without
   * it with `custom_domain_conflict` (Auth0 docs, "Multiple custom domains").
   */
  customDomain?: string | undefined;
  /** Keeps what was read of the API's scopes; left out: nothing does. */
  apiScopes?: ApiScopesMemory;
  /** Called when scopes are not compared with the API's, because the workers' client may not read it. */
  onHiddenScopes?: (failure: ManagementFailure) => void;
}

/** @returns the Management API, with each call made through `send` */
export function createManagement(settings: ManagementSettings): (send: SendCall) => Management {
  /** A pool: creating one costs more than a call. (So would attributing calls by `AsyncLocalStorage`.) */
  const free: Line[] = [];
  return (send) =>
    callsOf(settings, async (call, isRead) => {
      const line = free.pop() ?? new Line(settings);
      try {
        return await line.call(send, call, isRead);
      } finally {
        free.push(line);
      }
    });
}

/** An SDK client has a single `fetch`, so each call has a client to itself while it runs. */
class Line {
  readonly #sdk: ManagementClient;
  readonly #token: ManagementToken;
  readonly #authority: URL;
  #send: SendCall | undefined;
  /** Endpoint of the last call. */
  #endpoint: string | undefined;

  constructor({ authorityUrl, token, customDomain }: ManagementSettings) {
    this.#token = token;
    this.#authority = new URL(authorityUrl);
    this.#sdk = new ManagementClient({
      domain: this.#authority.host,
      token: () => token.current(),
      maxRetries: 0,
      timeoutInSeconds: SDK_TIMEOUT_SECONDS,
      telemetry: false,
      // The SDK knows which endpoints accept it.
      withCustomDomainHeader: customDomain,
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        this.#fetch(new URL(input instanceof Request ? input.url : input), init),
    });
  }

  /** @throws ManagementFailure */
  async call<T>(send: SendCall, call: SdkCall<T>, isRead: boolean): Promise<T> {
    this.#send = send;
    try {
      return await call(this.#sdk);
    } catch (error) {
      throw toManagementFailure(error, isRead, this.#endpoint);
    } finally {
      this.#send = undefined;
      this.#endpoint = undefined;
    }
  }

  async #fetch(target: URL, init: RequestInit = {}): Promise<Response> {
    if (!this.#send) throw new Error('no call is in progress');
    // The SDK supports https only; a local authority may speak http.
    if (target.host === this.#authority.host) target.protocol = this.#authority.protocol;
    this.#endpoint = endpointOf(init.method ?? 'GET', target);
    const response = await sendWithToken(this.#send, this.#token, target, init);
    await refuseOthers(response, this.#endpoint);
    return response;
  }
}

/** A call whose token was refused had no effect, so it is repeated, once, with a new token. */
export async function sendWithToken(
  send: SendCall,
  token: ManagementToken,
  url: URL,
  init: RequestInit,
): Promise<Response> {
  const headers = new Headers(init.headers);
  const used = bearerOf(headers);
  const response = await send(url, init);
  const why = await whyTokenRefused(response);
  if (why === undefined) {
    token.accepted(used);
    return response;
  }
  const other = await token.replace(used, why);
  if (other === undefined) return response;
  headers.set('authorization', `Bearer ${other}`);
  return send(url, { ...init, headers });
}

/**
 * The SDK takes any status below 400 for success, and a body that is not JSON for an empty object. Both come from an
 * intermediary that is not Auth0, and leave the outcome unknown.
 */
async function refuseOthers(response: Response, endpoint: string): Promise<void> {
  const { status } = response;
  if (status >= 300 && status < 400)
    throw new ManagementFailure('refused', readRefusal(status, undefined, endpoint));
  if (status >= 300 || status === 204) return;
  const text = (await response.clone().text()).trim();
  if (text !== '' && !isObjectOrList(text)) throw new Error('the answer is not JSON');
}

/** Checks only first and last characters: parsing it twice would cost more than the call. */
const isObjectOrList = (text: string): boolean =>
  (text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'));

async function whyTokenRefused(response: Response): Promise<'unknown' | 'narrow' | undefined> {
  if (response.status === 401) return 'unknown';
  if (response.status !== 403) return undefined;
  try {
    const body: unknown = await response.clone().json();
    return readRefusal(403, body).errorCode === 'insufficient_scope' ? 'narrow' : undefined;
  } catch {
    // Not JSON: a proxy's answer, which says nothing about the token.
    return undefined;
  }
}

const bearerOf = (headers: Headers): string => headers.get('authorization')?.slice('Bearer '.length) ?? '';

function callsOf(
  { token, apiScopes = noApiScopesMemory, onHiddenScopes }: ManagementSettings,
  sent: <T>(call: SdkCall<T>, isRead: boolean) => Promise<T>,
): Management {
  const read = <T>(call: SdkCall<T>) => sent(call, true);
  async function write<T>(call: SdkCall<T>): Promise<T> {
    // Without a token nothing was sent, so the outcome is not in doubt.
    await token.current();
    return sent(call, false);
  }

  async function gone(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof ManagementFailure) || error.kind !== 'not_found') throw error;
    }
  }

  const plain = { read, write, gone };
  const transport = { ...plain, ...clientTransport(plain) };
  return {
    ...userCalls(transport),
    ...clientCalls(transport),
    ...grantCalls(transport),
    ...apiScopesCalls(transport, apiScopes, onHiddenScopes),
    ...tenantCalls(transport),
    ...organizationCalls(transport),
    ...accountCalls(transport, token),
    ...logCalls(transport),
  };
}
