import type { Client, ClientCredential } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { newCredential } from './new-credential.ts';

type Methods = Record<string, { credentials?: Record<string, unknown>[] } | undefined>;

/**
 * Makes credentials of those that a new client brings along.
 * @returns the client with their ids only, and what the answer to its creation shows: each of them in full (both recorded)
 */
export function takeCredentials(
  store: Store,
  client: Client,
  now: number,
): { client: Client; shown: object } {
  const given = client.client_authentication_methods as Methods | null | undefined;
  if (!given) return { client, shown: {} };
  const made = new Map<string, ClientCredential[]>();
  for (const [method, value] of Object.entries(given)) {
    const fresh = (value?.credentials ?? []).filter((one) => one['id'] === undefined);
    made.set(
      method,
      fresh.map((one) => newCredential(client.client_id, one, now)),
    );
  }
  const all = [...made.values()].flat();
  if (all.length === 0) return { client, shown: {} };
  for (const credential of all) store.credentials.put(credential);
  const methods = (present: (credential: ClientCredential) => object) =>
    Object.fromEntries([...made].map(([method, list]) => [method, { credentials: list.map(present) }]));
  return {
    client: {
      ...client,
      client_authentication_methods: methods(({ id }) => ({ id })),
    },
    shown: { client_authentication_methods: methods(({ id, view }) => ({ id, ...view })) },
  };
}
