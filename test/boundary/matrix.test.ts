/**
 * Every operation of the contract × every kind of caller × own, foreign and unknown ids (invariants 1, 2 and 9). What each caller gets is
 * computed from the contract. A refusal counts only beside its control: the strangers and those who hold too little come first, and then
 * those who may get the thing, which nobody has changed.
 */
import { expect } from 'chai';
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { apiKey, app, demoUser, operator, user, type TenantId } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { signed, keyToken } from '../support/signed-tokens.ts';
import { inEachTenancy } from '../support/tenancies.ts';
import { leftOver, namesAThing, operatorsOnly, requestOf, tenantOperations, untried } from './requests.ts';
import { neededBy, refusalOf, statusOf, type Holder, type Refusal } from './rule.ts';
import type { Thing } from './things.ts';

const { scopes: ALL, appScopes } = loadContract();

type Request = Awaited<ReturnType<typeof requestOf>>;
type Caller = Holder & { name: string; as: string };

/** Everybody of a tenant who may try an operation on a thing. */
async function callersOf(tenant: TenantId, operation: OperationDescription, thing: Thing): Promise<Caller[]> {
  const [admin, member] = [await demoUser(tenant, 'admin'), await demoUser(tenant, 'member')];
  const needed = neededBy(operation, 'apiKey', thing);
  const key = async (name: string, scopes: readonly string[]): Promise<Caller> => ({
    name,
    scheme: 'apiKey',
    scopes,
    as: await keyToken(tenant, scopes),
  });
  const ofApp = await clientOf(await app(tenant));
  const anApp = async (name: string, scopes: readonly string[], by = admin): Promise<Caller> => ({
    name,
    scheme: 'app',
    scopes,
    roles: by.roles,
    userId: by.user_id,
    as: await signed({ tenantId: tenant, clientId: ofApp, userId: by.user_id, roles: by.roles, scopes }),
  });
  const without = (all: readonly string[], [first]: readonly string[]) =>
    all.filter((scope) => scope !== first);
  return [
    { name: 'admin', scheme: 'user', roles: admin.roles, userId: admin.user_id, as: await user(tenant) },
    {
      name: 'member',
      scheme: 'user',
      roles: member.roles,
      userId: member.user_id,
      as: await user(tenant, 'member'),
    },
    { name: 'wide key', scheme: 'apiKey', scopes: ALL, as: await apiKey(tenant) },
    await key('narrow key', [...new Set([...needed, ...(thing.holds ?? [])])]),
    await key('key with the scopes of the operation only', needed),
    await key('key that lacks one', without(ALL, needed)),
    {
      name: 'app',
      scheme: 'app',
      scopes: appScopes,
      roles: admin.roles,
      userId: admin.user_id,
      as: await app(tenant),
    },
    await anApp('app that lacks one', without(appScopes, needed)),
    await anApp('app of a member', appScopes, member),
  ];
}

async function clientOf(as: string): Promise<string> {
  return (await call('GET', '/v1/me', { as })).body.client_id as string;
}

/** All of an answer that a caller could tell two refusals apart by. */
function visible({ status, headers, body }: Answer): unknown {
  const { request_id: _id, instance: _path, ...rest } = body as Record<string, unknown>;
  const names = [...headers.keys()].filter(
    (name) => !['date', 'content-length', 'x-request-id'].includes(name),
  );
  return { status, rest, names: names.sort() };
}

function expectRefusal({ status, body }: Answer, code: Refusal, who: string) {
  expect({ status, code: body.code }, who).to.deep.equal({ status: statusOf(code), code });
}

const sendTo = (path: string, { method, body, headers = {} }: Request, as: string) =>
  call(method, path, { as, headers, ...(body ? { body } : {}) });

/** Strangers get what an id gets that nobody has: 404 as soon as they have the right to the operation. */
async function expectNothingForStrangers(operation: OperationDescription, request: Request) {
  const { about: _whose, holds: _unseen, did, ...thing } = request;
  for (const stranger of await callersOf('globex', operation, request)) {
    const foreign = await sendTo(request.path, request, stranger.as);
    const unknown = await sendTo(request.unknown, request, stranger.as);
    expect(visible(foreign), stranger.name).to.deep.equal(visible(unknown));
    const refused = refusalOf(operation, stranger, did ? { did } : thing);
    // Which right a job asks for depends on the job.
    const isUnseen = did !== undefined && refused !== 'caller_not_allowed';
    expectRefusal(foreign, isUnseen ? 'not_found' : (refused ?? 'not_found'), `foreign ${stranger.name}`);
  }
}

describe('the matrix of operations and callers', () => {
  it('says of every operation how to try it', () => {
    expect(
      untried,
      'no entry: add one to `things` (test/boundary/things.ts) for an operation that names a thing, else to `sent` (test/boundary/requests.ts)',
    ).to.deep.equal([]);
    expect(leftOver, 'entries of operations that the contract does not have').to.deep.equal([]);
  });

  inEachTenancy(() => {
    for (const operation of tenantOperations.filter(({ id }) => !untried.includes(id)))
      it(`${operation.id}: each caller gets what the contract says, strangers nothing`, async () => {
        let request = await requestOf(operation);
        if (operation.path.includes('{user_id}') && operation.method !== 'get')
          expect(request.holds, 'an act on a user says which scopes that user holds').to.not.equal(undefined);
        if (namesAThing(operation)) await expectNothingForStrangers(operation, request);
        const callers = await callersOf('acme', operation, request);
        for (const caller of callers) {
          const code = refusalOf(operation, caller, request);
          if (code) expectRefusal(await sendTo(request.path, request, caller.as), code, caller.name);
        }
        const allowed = callers.filter((caller) => !refusalOf(operation, caller, request));
        expect(allowed.length, 'callers who may').to.be.greaterThan(0);
        for (const [index, { name, as }] of allowed.entries()) {
          if (index > 0) request = await requestOf(operation);
          const answer = await sendTo(request.path, request, as);
          expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).to.be.within(200, 204);
          await request.clear?.(answer);
        }
      });

    for (const operation of operatorsOnly)
      it(`${operation.id}: by nobody of a tenant`, async () => {
        const path = operation.path.replaceAll(/\{\w+\}/g, 'acme');
        for (const as of [await user('acme'), await apiKey('acme'), await app('acme')])
          expectRefusal(await call(operation.method.toUpperCase(), path, { as }), 'caller_not_allowed', as);
        expect((await call('GET', '/v1/tenants', { as: await operator() })).status).to.equal(200);
      });
  });
});
