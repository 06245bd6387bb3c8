/** Each operation of the contract, called once by each kind of caller, is told once: a new operation, too. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { apiKey, app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aMoment, auditEvents, eventsSince, type AuditEvent } from '../support/audit.ts';
import { world, WORLD_MS } from '../support/world.ts';

const contract = loadContract();
const callers = { user: () => user('acme'), tenant: () => apiKey('acme'), app: () => app('acme'), operator };
const kinds = [...Object.keys(callers), 'nobody'] as (keyof typeof callers | 'nobody')[];

/** Ids that could be, and are not. */
const ids: Record<string, string> = {
  user_id: encodeURIComponent('auth0|0123456789abcdef01234567'),
  client_id: 'nobodysKey',
  code: 'not_found',
  asset: 'swagger-ui.css',
};
const pathOf = ({ path }: OperationDescription) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? randomUUID());

/** What the contract itself shows as an example. */
function bodyOf({ body }: OperationDescription): { body?: unknown; type?: string } {
  const [[type, pointer] = []] = body?.schemaPointers ?? [];
  if (type === undefined || pointer === undefined) return {};
  const at = (where: string): Record<string, unknown> => {
    const parts = where.split('/').slice(1);
    const found = parts.reduce<Record<string, unknown>>(
      (node, part) => node[part.replaceAll('~1', '/').replaceAll('~0', '~')] as Record<string, unknown>,
      contract.document,
    );
    return typeof found['$ref'] === 'string' ? at(found['$ref'].slice(1)) : found;
  };
  const media = at(pointer.replace(/\/schema$/, ''));
  const schema = at(pointer);
  const items = schema['items'] as { $ref?: string } | undefined;
  const given = media['example'] ?? (schema['examples'] as unknown[] | undefined)?.[0];
  return { type, body: given ?? (items ? [(at(items.$ref!.slice(1))['examples'] as unknown[])[0]] : {}) };
}

describe('what is told', () => {
  const asked = new Map<string, { name: string; isTold: boolean; status: number; kind: string }>();
  let events: AuditEvent[];
  let since: Date;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    since = await aMoment();
    for (const operation of contract.operations.values()) {
      for (const kind of kinds) {
        const id = randomUUID();
        const { body, type } = bodyOf(operation);
        const { status } = await call(operation.method.toUpperCase(), pathOf(operation), {
          api: asked.size % 2 === 0 ? 0 : 1,
          as: kind === 'nobody' ? undefined : await callers[kind](),
          body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
          headers: { 'x-request-id': id, ...(type === undefined ? {} : { 'content-type': type }) },
        });
        const isTold = status >= 400 || operation.event !== undefined;
        asked.set(id, { name: `${operation.id} by ${kind}: ${status}`, isTold, status, kind });
      }
    }
    events = await eventsSince(since);
  });

  it('is every operation by every kind of caller, once', () => {
    expect(asked.size).to.equal(contract.operations.size * kinds.length);
    const wrong = [...asked].flatMap(([id, { name, isTold }]) => {
      const count = events.filter(({ request_id }) => request_id === id).length;
      return count === (isTold ? 1 : 0) ? [] : [`${name}: ${count} events`];
    });
    expect(wrong).to.deep.equal([]);
  });

  it('is who did it, what came of it, and of which tenant', () => {
    for (const event of events) {
      const request = asked.get(event.request_id ?? '');
      if (!request) continue;
      // Of the callers here, none: open to everybody, or for those who hold a token for registration only.
      const isOpen = !['user', 'apiKey', 'app', 'operator'].some((scheme) =>
        contract.operations.get(event.operation as never)!.security.has(scheme as never),
      );
      expect(event.principal.kind, request.name).to.equal(isOpen ? 'nobody' : request.kind);
      const isOfTenant = ['user', 'tenant', 'app'].includes(event.principal.kind);
      expect(event.tenant_id, request.name).to.equal(isOfTenant ? 'acme' : undefined);
      expect(event.status, request.name).to.equal(request.status);
      expect(event.outcome, request.name).to.equal(
        request.status >= 500
          ? 'failed'
          : request.status >= 400
            ? 'refused'
            : request.status === 202
              ? 'accepted'
              : 'succeeded',
      );
      expect(event.address, request.name).to.match(/^(::1|127\.0\.0\.1|::ffff:127\.0\.0\.1)$/);
    }
  });

  it('counts the events of each tenant without a gap', async () => {
    const logs = new Map<string, number[]>();
    for (const { tenant_id = '-', seq } of await auditEvents({ from: since.toISOString() }))
      logs.set(tenant_id, [...(logs.get(tenant_id) ?? []), seq]);
    expect([...logs.keys()]).to.include.members(['acme', '-']);
    for (const numbers of logs.values())
      expect(numbers).to.deep.equal(numbers.map((_, index) => numbers[0]! + index));
  });
});
