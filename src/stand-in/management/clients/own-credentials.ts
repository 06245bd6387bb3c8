import type { Client, ClientCredential } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { newCredential } from './new-credential.ts';

/** A member of a client that lists credentials. */
interface Holder {
  credentials?: Record<string, unknown>[];
}

/** Members of a client that list credentials; `client_authentication_methods` has one list per method. */
const HOLDERS = ['signed_request_object', 'token_vault_privileged_access'];

/**
 * Creates the credentials that a new client includes.
 * @returns the client with their ids only, and the response to its creation with each of them in full (both recorded)
 */
export function takeCredentials(
  store: Store,
  client: Client,
  now: number,
): { client: Client; shown: object } {
  const taken: Record<string, { kept: object; shown: object }> = {};
  for (const name of HOLDERS) {
    const holder = client[name] as Holder | undefined;
    if (holder) taken[name] = take(holder);
  }
  const methods = client.client_authentication_methods;
  if (methods) {
    const each = Object.entries(methods as Record<string, Holder>).map(([method, holder]) => ({
      method,
      ...take(holder),
    }));
    taken['client_authentication_methods'] = {
      kept: Object.fromEntries(each.map(({ method, kept }) => [method, kept])),
      shown: Object.fromEntries(each.map(({ method, shown }) => [method, shown])),
    };
  }
  const members = (of: 'kept' | 'shown') =>
    Object.fromEntries(Object.entries(taken).map(([name, one]) => [name, one[of]]));
  return { client: { ...client, ...members('kept') }, shown: members('shown') };

  function take(holder: Holder): { kept: object; shown: object } {
    const fresh = (holder.credentials ?? []).filter((one) => one['id'] === undefined);
    if (fresh.length === 0) return { kept: holder, shown: holder };
    const made: ClientCredential[] = fresh.map((one) =>
      store.credentials.put(newCredential(client.client_id, one, now)),
    );
    return {
      kept: { ...holder, credentials: made.map(({ id }) => ({ id })) },
      shown: { ...holder, credentials: made.map(({ id, view }) => ({ id, ...view })) },
    };
  }
}
