/**
 * `kill -9` of the worker that has relay jobs in hand, before its calls are carried out and after. What counts is what the authority
 * has then, and what it was asked to do: as if nothing had happened.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { until } from '../support/api-keys.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Long enough for the locks of a dead worker to run out, and to be found. */
const RECOVERY_MS = 90_000;
const USERS = '/api/v2/users';
const USER = '/api/v2/users/{id}';
const MAIL = '/api/v2/jobs/verification-email';

describe('a worker that is killed with calls in hand', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  for (const when of ['before', 'after'] as const) {
    it(`${when} the authority carried them out: each has one effect and one outcome`, async function () {
      this.timeout(WORLD_MS + RECOVERY_MS);
      const { control, parts, startWorker } = await world();
      const as = await apiKey('acme');
      const aUser = async () => {
        const body = { email: `k-${randomUUID()}@acme.example` };
        return (await call('POST', '/v1/users', { as, body })).headers.get('location')!;
      };
      const [changed, deleted, mailed] = [await aUser(), await aUser(), await aUser()];
      const email = `new-${randomUUID()}@acme.example`;
      // The only worker is the one that will be killed.
      await parts.worker.stop();
      const doomed = await startWorker(`worker-doomed-${when}`);
      await control.forgetCalls();
      const effect = { kind: 'hang', when } as const;
      for (const [method, path] of [
        ['POST', USERS],
        ['PATCH', USER],
        ['DELETE', USER],
        ['POST', MAIL],
      ] as const)
        await control.addFault({ method, path, times: 1, effect });
      const headers = { prefer: 'respond-async' };
      const asked = [
        call('POST', '/v1/users', { as, headers, body: { email } }),
        call('PATCH', changed, { as, headers, body: { name: 'Changed' } }),
        call('DELETE', deleted, { as, headers }),
        call('POST', `${mailed}/verification-email`, { as, headers }),
      ];
      const jobs = (await Promise.all(asked)).map((answer) => answer.headers.get('location')!);
      await until(async () => (await control.faults()).every(({ hits }) => hits === 1));
      await doomed.stop('SIGKILL');
      await control.clearFaults();
      parts.worker = await startWorker(`worker-survivor-${when}`);

      const states = async () =>
        Promise.all(jobs.map(async (path) => (await call('GET', path, { as })).body));
      await until(async () =>
        (await states()).every(({ status }) => !['queued', 'running'].includes(status as string)),
      );
      const ended = await states();
      expect(ended.map(({ status }) => status)).to.deep.equal([
        'succeeded',
        'succeeded',
        'succeeded',
        'unknown',
      ]);
      expect(ended.map(({ answer, problem }) => answer?.status ?? problem.code)).to.deep.equal([
        201,
        200,
        204,
        'outcome_unknown',
      ]);
      const sdk = await management();
      const created = await sdk.users.listUsersByEmail({ email });
      expect(created.map(({ user_id }) => user_id)).to.deep.equal([ended[0].answer.body.user_id]);
      const idOf = (path: string) => decodeURIComponent(path.split('/').at(-1)!);
      expect((await sdk.users.get(idOf(changed))).name).to.equal('Changed');
      const gone = await sdk.users
        .get(idOf(deleted))
        .catch((error: unknown) => (error as { statusCode: number }).statusCode);
      expect(gone).to.equal(404);
      // Never a second one: whether the first went out cannot be known.
      const mails = (await control.calls())[`POST ${MAIL}`] ?? {};
      expect(Object.values(mails).reduce((sum, n) => sum + n, 0)).to.be.at.most(1);
    });
  }
});
