/** How each operation of the contract is called, by whoever tries it. One that is missing fails with a sentence. */
import { randomUUID } from 'node:crypto';
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { CREATED } from '../support/webhooks.ts';
import { MEMBER_SCOPES, things, type Thing } from './things.ts';

/** Schemes of a tenant's callers. */
export const OF_TENANTS = ['user', 'apiKey', 'app'] as const;

const contract = loadContract();
const isOfTenants = ({ security }: OperationDescription) => OF_TENANTS.some((scheme) => security.has(scheme));

/** Those that somebody of a tenant may call, and those for whoever runs this. */
export const tenantOperations = [...contract.operations.values()].filter(isOfTenants);
export const operatorsOnly = [...contract.operations.values()].filter(
  (operation) => operation.security.has('operator') && !isOfTenants(operation),
);

export const namesAThing = ({ parameters }: OperationDescription): boolean =>
  parameters.some((parameter) => parameter.in === 'path');

/** Of operations that name no thing: what is sent. One that only reads needs nothing. */
type Sent = Omit<Thing, 'path' | 'unknown'>;
const sent: Record<string, () => Sent | Promise<Sent>> = {
  createUser: () => ({ body: { email: `matrix-${randomUUID()}@acme.example` } }),
  createUserImport: () => ({ body: [{ email: `matrix-${randomUUID()}@acme.example` }] }),
  createApiKey: () => ({ body: { name: 'A key', scopes: MEMBER_SCOPES }, holds: MEMBER_SCOPES }),
  createTenantInitialAccessToken: () => ({ body: { name: 'A partner' } }),
  createWebhook: () => ({
    body: { url: 'https://hooks.example.com/', event_types: [CREATED] },
    clear: async ({ headers }: Answer) =>
      call('DELETE', headers.get('location')!, { as: await user('acme') }),
  }),
  updateTenant: async () => {
    const { headers } = await call('GET', '/v1/tenant', { as: await user('acme') });
    return { body: { name: 'Acme' }, headers: { 'if-match': headers.get('etag')! } };
  },
};

/** Operations that nobody has said how to try. */
export const untried = tenantOperations
  .filter((operation) =>
    namesAThing(operation) ? !things[operation.id] : operation.method !== 'get' && !sent[operation.id],
  )
  .map(({ id }) => id);

/** Entries of operations that there are not. */
export const leftOver = [...Object.keys(things), ...Object.keys(sent)].filter(
  (id) => !tenantOperations.some((operation) => operation.id === id),
);

/** A request that does what the operation is for, on a thing of acme's that is made for it. */
export async function requestOf(operation: OperationDescription): Promise<Thing & { method: string }> {
  const method = operation.method.toUpperCase();
  if (namesAThing(operation)) return { ...(await things[operation.id]!()), method };
  return { path: operation.path, unknown: '', method, ...(await sent[operation.id]?.()) };
}
