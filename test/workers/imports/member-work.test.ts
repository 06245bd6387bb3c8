/** Users whom an import created in a tenant that is an organization: none has an outcome before it is a member, and all become members. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Management } from '../../../src/auth0/management.ts';
import { ImportStore, setField, type ImportState } from '../../../src/imports/import-store.ts';
import { commitImport, acquireUploadLease, writeRows } from '../../../src/imports/upload-store.ts';
import { endings, fullUserId, rowUserId, type EndMark } from '../../../src/imports/row-outcome.ts';
import { addMemberWork } from '../../../src/imports/slices.ts';
import { openImportJobsQueue } from '../../../src/redis/queues.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import { ImportJobsWorker } from '../../../workers/imports/import-jobs-worker.ts';
import { MemberWork } from '../../../workers/imports/member-work.ts';
import { createOutcomes, membersFirst } from '../../../workers/imports/outcomes.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { startAnswering, type AnsweringAuthority, type Received, type Reply } from '../../auth0/answering.ts';
import { until } from '../../support/api-keys.ts';
import { redisAlone } from '../../support/redis-alone.ts';

const ORG = 'org_acme';
const seal = createSeal({ current: 'k', byId: new Map([['k', randomBytes(32)]]) });
const silent = { warn: () => undefined, error: () => undefined } as never;
const NOT_FOUND: Reply = { status: 404, body: { statusCode: 404, errorCode: 'inexistent_user' } };

describe('users of an organization that an import created', () => {
  const redis = redisAlone();
  let store: ImportStore;
  let authority: AnsweringAuthority;
  let queued: string[];
  let organization: string | undefined;
  before(() => (store = new ImportStore(redis(), seal)));
  beforeEach(async () => {
    authority = await startAnswering();
    authority.answer = () => ({ status: 204 });
    queued = [];
    organization = ORG;
  });
  afterEach(() => authority.close());

  async function make(total: number): Promise<ImportState> {
    const id = randomUUID();
    const rows = Array.from({ length: total }, (_, i) => ({ user: { email: `${i}@acme.example` } }));
    const holder = (await acquireUploadLease(redis(), id))!;
    await writeRows(redis(), seal, { id, holder }, rows);
    await commitImport(redis(), id, holder, {
      tenantId: 'acme',
      connection: 'acme-users',
      channel: 'row_by_row',
      sendsMail: false,
      total,
      failed: 0,
      fingerprint: undefined,
      createdAt: new Date().toISOString(),
    });
    return (await store.read(id))!;
  }

  /** As either channel records its rows. */
  const record = (state: ImportState, outcomes: (readonly [number, EndMark | '.'])[]) =>
    membersFirst(createOutcomes(redis(), store), {
      hasMembers: () => Promise.resolve(organization !== undefined),
      addMemberWork: (id) => Promise.resolve(void queued.push(id)),
    })(state, outcomes);
  const created = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => [from + i, 'c'] as const);
  const usersIn = (management: Management, tenantId: string) =>
    new TenantUsers(management, new Map(), tenantId, () => Promise.resolve(undefined), {
      readTenant: () => Promise.resolve({ organization }),
      exist: () => Promise.resolve(true),
      willLeave: () => Promise.resolve(),
      leavingSince: () => Promise.resolve(undefined),
      endConsents: () => Promise.resolve(false),
    });
  function run({ id }: ImportState, signal = new AbortController().signal): Promise<void> {
    const users = usersIn(authority.management(), 'acme');
    const parts = {
      store,
      forget: (one: string) => setField(redis(), one, 'joining', 0),
      users,
      record: createOutcomes(redis(), store),
      signal,
      log: silent,
      firstAgainMs: 10,
    };
    return new MemberWork(parts, id).run();
  }
  const marksOf = async ({ id, total }: ImportState) => (await store.readMarks(id, 1, total)).toString();
  const membersIn = ({ body }: Received) => body['members'] as string[];
  const userOf = ({ id }: ImportState, row: number) => fullUserId(rowUserId(id, row));

  it('become members in tens, whatever slices created them, and their rows have an outcome then', async () => {
    const state = await make(25);
    await store.start(state.id, [1, 2, 3]);
    for (const [number, mark] of created(1, 23)) await record(state, [[number, mark]]);
    await record(state, [
      [24, 'e'],
      [25, 's'],
    ]);
    expect(await marksOf(state)).to.equal(`${'m'.repeat(23)}es`);
    expect(await store.read(state.id)).to.deep.include({ joining: 23, status: 'queued' });
    expect(await store.openRow(state, 1), 'none is created again').to.equal(undefined);
    expect(new Set(queued)).to.deep.equal(new Set([state.id]));
    await run(state);
    expect(authority.received.map((call) => membersIn(call).length)).to.deep.equal([10, 10, 3]);
    expect(authority.received.map(({ method, path }) => `${method} ${path}`)[0]).to.equal(
      `POST /api/v2/organizations/${ORG}/members`,
    );
    expect(authority.received.flatMap(membersIn)).to.deep.equal(
      created(1, 23).map(([row]) => userOf(state, row)),
    );
    const ended = (await store.read(state.id))!;
    expect(ended).to.deep.include({ joining: 0, status: 'completed' });
    expect(ended.counts).to.deep.equal({ created: 23, failed: 1, skipped: 1, unknown: 0 });
  });

  it('get no other outcome meanwhile, and one once', async () => {
    const state = await make(2);
    await record(state, created(1, 1));
    for (const mark of ['.', 's', 'u', 'e'] as const) await record(state, [[1, mark]]);
    await record(state, created(1, 1));
    expect(await marksOf(state)).to.equal('m.');
    expect((await store.read(state.id))!.joining).to.equal(1);
  });

  it('become members though the worker dies anywhere in between', async () => {
    const state = await make(23);
    await record(state, created(1, 23));
    const members = new Set<string>();
    for (let answered = 0; (await store.read(state.id))!.joining > 0; answered += 1) {
      const stop = new AbortController();
      let left = answered;
      authority.answer = (call) => {
        if (left-- <= 0) {
          // The call has taken effect, and nobody learns of it.
          stop.abort(new Error('killed'));
          for (const one of membersIn(call)) members.add(one);
          return { status: 503, body: { statusCode: 503 } };
        }
        for (const one of membersIn(call)) members.add(one);
        return { status: 204 };
      };
      await run(state, stop.signal).catch((error: Error) => expect(error.message).to.equal('killed'));
      for (const [at, mark] of [...(await marksOf(state))].entries())
        if (mark === 'c') expect(members).to.include(userOf(state, at + 1));
    }
    expect(members.size).to.equal(23);
    expect(await marksOf(state)).to.equal('c'.repeat(23));
  });

  it('are tried again when the authority does not find them yet, and keep nobody out', async () => {
    const state = await make(10);
    await record(state, created(1, 10));
    let refusals = 2;
    authority.answer = (call) =>
      membersIn(call).includes(userOf(state, 3)) && refusals-- > 0 ? NOT_FOUND : { status: 204 };
    await run(state);
    expect(await marksOf(state)).to.equal('c'.repeat(10));
    expect(authority.received.map((call) => membersIn(call).length)).to.deep.equal([
      10, // Refused.
      ...Array.from({ length: 10 }, () => 1),
      1,
    ]);
  });

  it('are not said to be created when the authority refuses them for good', async () => {
    const state = await make(3);
    await record(state, created(1, 3));
    const second = userOf(state, 2);
    authority.answer = (call) => (membersIn(call).includes(second) ? NOT_FOUND : { status: 204 });
    await run(state);
    expect(await marksOf(state)).to.equal('cxc');
    const ended = (await store.read(state.id))!;
    expect(ended).to.deep.include({ joining: 0, status: 'completed' });
    expect(ended.counts).to.deep.include({ created: 2, failed: 1 });
    expect(endings.x).to.have.nested.property('error.code', 'member_refused');
    expect(authority.received.filter((call) => membersIn(call).includes(second)).length).to.equal(7);
  });

  for (const errorCode of ['too_many_entities', 'insufficient_entitlement'])
    it(`are refused where there is no room for them, and the import ends: ${errorCode}`, async () => {
      const state = await make(12);
      await record(state, created(1, 12));
      const full: Reply = { status: 403, body: { statusCode: 403, errorCode, message: 'x' } };
      let room = 3;
      authority.answer = (call) => {
        if (membersIn(call).length > room) return full;
        room -= membersIn(call).length;
        return { status: 204 };
      };
      await run(state);
      expect(await marksOf(state)).to.equal(`ccc${'x'.repeat(9)}`);
      expect(await store.read(state.id)).to.deep.include({ joining: 0, status: 'completed' });
      expect(authority.received, 'each is tried alone once').to.have.length(1 + 10 + 1 + 2);
    });

  for (const action of ['pause', 'cancel'] as const)
    it(`become members after ${action}`, async () => {
      const state = await make(3);
      await record(state, created(1, 2));
      await store.control(state.id, action);
      await run(state);
      expect(await marksOf(state)).to.equal('cc.');
      expect((await store.read(state.id))!.status).to.equal(`${action === 'pause' ? 'pause' : 'cancelle'}d`);
    });

  it('become members though they come when the work has looked for the last time, and the import is cancelled', async () => {
    const queue = openImportJobsQueue(redis());
    const state = await make(2);
    const addWork = (id: string) => addMemberWork(queue, id);
    const note = membersFirst(createOutcomes(redis(), store), {
      hasMembers: () => Promise.resolve(true),
      addMemberWork: addWork,
    });
    await store.start(state.id, [1, 2]);
    await note(state, created(1, 1));
    await store.control(state.id, 'cancel');
    let ends = 0;
    const worker = new ImportJobsWorker({
      connection: redis(),
      store,
      queue,
      readTenant: () => Promise.resolve({ id: 'acme', status: 'active', organization }),
      usersOf: (management: Management, tenantId: string) => usersIn(management, tenantId),
      managementFor: () => authority.management(),
      hasMembers: () => Promise.resolve(true),
      addMemberWork: addWork,
      lockMs: 30_000,
      log: silent,
      // At the end of the job, which is still there.
      resume: async () => {
        ends += 1;
        if (ends === 1) await note(state, created(2, 2));
      },
    } as never);
    try {
      await until(async () => (await marksOf(state)) === 'cc');
      expect(await store.read(state.id)).to.deep.include({ joining: 0, status: 'cancelled' });
    } finally {
      await worker.close();
      await queue.close();
    }
  });

  it('leave nothing to do when their rows were removed', async () => {
    const state = await make(3);
    await record(state, created(1, 2));
    await store.remove(state);
    await run(state);
    expect(authority.received).to.deep.equal([]);
  });

  it('have their outcome at once in a tenant that is no organization', async () => {
    organization = undefined;
    const state = await make(2);
    await record(state, [...created(1, 1), [2, 's']]);
    expect(await marksOf(state)).to.equal('cs');
    expect([queued, authority.received]).to.deep.equal([[], []]);
  });
});
