/**
 * 503 means that nothing happened, nor will it: for every operation that changes something, with Redis failing it at each of the writes
 * that it makes, in each way. What Redis and the authority have is compared before and after.
 */
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import type { OperationDescription } from '../../src/contract/load-contract.ts';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { operatorsOnly, requestOf, tenantOperations } from '../boundary/requests.ts';
import { refusingWay, type Refusal, type RefusingWay } from '../faults/redis-refusals.ts';
import { until } from '../support/api-keys.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';
import { ofOthers, type Request } from './changes-of-others.ts';

/** More writes than any operation makes. */
const MANY = 40;
/** How often it is looked whether all is as it was, before that counts as a fault. */
const LOOKS = 300;
const REFUSALS: Refusal[] = ['refused', 'lost', 'done'];

/** What counts as having happened: nothing that only measures, announces, or goes by itself. */
const MATTERS =
  /^trivium:(\{registry\}:(tenants|retired-tenants|clients|origins|api-keys-of:.*|api-key-deadlines|leaving-clients|user-mark:.*|initial-access-tokens?(-of)?:.*|document-apps|apps|vouched-apps.*|app-metadata|app-decisions:.*|withdrawal:.*|unfinished-withdrawals|webhooks:.*)|relay:dead-letters|\{imports-of:.*\}:all|imports:open|\{import:.*\}:state)$/;

type MakeOne = () => Promise<Request & { clear?: (answer: Answer) => Promise<unknown> }>;

export interface Trial {
  /** Of the operation, or what it is called with. */
  id: string;
  /** @param areImportsOver waits for it */
  begin: (areImportsOver: () => Promise<void>) => Promise<MakeOne>;
}

const isChange = ({ method }: OperationDescription) => method !== 'get';

const trialOf = (operation: OperationDescription): Trial => ({
  id: operation.id,
  async begin(areImportsOver) {
    // Imports of the trials before go on by themselves.
    if (operation.id === 'cancelUserImport') await areImportsOver();
    const as = operation.security.has('apiKey') ? await apiKey('acme') : await user('acme');
    return async () => {
      if (operation.id === 'createUserImport') await areImportsOver();
      return { ...(await requestOf(operation)), as };
    };
  },
});
const isOfUsers = ({ path }: OperationDescription) => /^\/v1\/(users|user-imports|me)\b/.test(path);
const ofTenants = tenantOperations.filter(isChange);

/** Of users, imports and consents. */
export const trialsOfUsers = ofTenants.filter(isOfUsers).map(trialOf);
/** Of API keys, webhooks and whatever else is a tenant's. */
export const trialsOfTenants = ofTenants.filter((operation) => !isOfUsers(operation)).map(trialOf);
/** Of the operator, and of apps themselves. */
export const trialsOfOthers: Trial[] = Object.entries(ofOthers).map(([id, make]) => ({
  id,
  begin: () => Promise.resolve(async () => make(await operator())),
}));
export const idsOfOthers = operatorsOnly.filter(isChange).map(({ id }) => id);

/** One file for each list: most of it is waiting, so they run side by side. */
export function expectNothing(trials: readonly Trial[]): void {
  let own: OwnDeployment;
  let moveOut: () => void;
  let redis: Redis;
  let way: RefusingWay;
  let at: string;

  before(async function () {
    this.timeout(5 * WORLD_MS);
    own = await ownDeployment({
      apiSettings: {
        API_KEYS_PER_TENANT: '1000',
        REGISTRATIONS_PER_ADDRESS: '100000',
        IMPORTS_PER_TENANT: '1000',
        WEBHOOK_VERIFICATIONS_PER_HOUR: '100000',
      },
      workerSettings: { UPKEEP_SECONDS: '3600' },
    });
    moveOut = moveInto({ ...own, apis: [own.api, own.api] });
    redis = connectForWaiting(own.redis);
    await untilReady(redis);
    way = await refusingWay(own.redis);
    at = (await own.startApi('api-refused', { REDIS_URL: way.url })).url;
  });
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    moveOut?.();
    await own?.end();
    await way?.close();
  });

  const isWell = () => until(async () => (await fetch(`${at}/readyz`)).status === 200);

  async function state(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const key of (await redis.keys('trivium:*')).filter((one) => MATTERS.test(one)).sort()) {
      const value = JSON.stringify(await valueOf(key));
      if (value !== '[]') found[key] = value;
    }
    return found;
  }
  /** Those that were made before go on by themselves. */
  const areImportsOver = () =>
    until(async () => {
      const states = await Promise.all(
        (await redis.keys(keys.userImport('*'))).map((key) => redis.hgetall(key)),
      );
      const isTold = (fields: Record<string, string>) =>
        !Object.keys(fields).some((name) => name.startsWith('event'));
      return states.every((fields) => fields['completed_at'] !== undefined && isTold(fields));
    });
  /** Of lists that imports stand on before they exist. */
  const made = async (ids: string[]): Promise<string[]> => {
    const areMade = await Promise.all(ids.map((id) => redis.exists(keys.userImport(id))));
    return ids.filter((_, index) => areMade[index] === 1);
  };
  async function valueOf(key: string): Promise<unknown> {
    switch (await redis.type(key)) {
      case 'hash':
        return sorted(await redis.hgetall(key));
      case 'set': {
        const members = (await redis.smembers(key)).sort();
        return key === keys.openImports ? made(members) : members;
      }
      case 'zset': {
        const members = await redis.zrange(key, 0, '-1');
        return key.startsWith('trivium:{imports-of:') ? made(members) : members;
      }
      case 'string':
        return redis.get(key);
      default:
        return undefined;
    }
  }

  /** Rows that were in hand when their import was paused are ended. */
  async function steady(): Promise<Record<string, string>> {
    for (let found = await state(); ;) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const now = await state();
      if (changedKeys(found, now).length === 0) return now;
      found = now;
    }
  }

  /** What was made and is given up may still be going. */
  async function settled(before: Record<string, string>): Promise<Record<string, string>> {
    let found = await state();
    for (let look = 0; look < LOOKS && changedKeys(before, found).length > 0; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      found = await state();
    }
    return found;
  }

  /** Of a request that was answered 503: whether a worker will do, or has done, any of it. (A registration is undone: `state` would show it.) */
  async function isDone(requestId: string): Promise<boolean> {
    for (const key of await redis.keys(keys.relayJob('*'))) {
      const [request, releaseBy, operation] = await redis.hmget(key, 'request', 'release_by', 'operation');
      if (
        request === requestId &&
        releaseBy === null &&
        !/^(list|get)|^delete(ApiKey|RegisteredApp)$|^registerApp$/.test(operation!)
      )
        return true;
    }
    return false;
  }

  const send = ({ method, path, ...rest }: Request): Promise<Answer> => call(method, path, { ...rest, at });

  async function tryAll(makeOne: MakeOne): Promise<string[]> {
    const faults: string[] = [];
    for (const refusal of REFUSALS)
      for (let count = 0; count < MANY; count += 1) {
        const { clear, ...request } = await makeOne();
        await isWell();
        const before = /\/user-imports\/./.test(request.path) ? await steady() : await state();
        way.after(count, refusal);
        const answer = await send(request);
        const met = way.end();
        await isWell();
        if (answer.status === 503) {
          const after = await settled(before);
          const what = `${request.method} ${request.path}, ${refusal} after ${count} writes, at ${met}`;
          for (const key of changedKeys(before, after))
            faults.push(`${what}: ${key} was ${before[key]}, is ${after[key]}`);
          if (await isDone(answer.headers.get('x-request-id')!)) faults.push(`${what}: its job is done`);
        }
        if (answer.status < 300) await clear?.(answer);
        if (met === undefined) break;
      }
    return faults;
  }

  for (const { id, begin } of trials)
    it(id, async function () {
      this.timeout(900_000);
      expect(await tryAll(await begin(areImportsOver))).to.deep.equal([]);
    });
}

function changedKeys(before: Record<string, string>, after: Record<string, string>): string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((key) => hasChanged(key, before[key], after[key]));
}

/** What earlier requests removed is deleted at the authority in its own time; a client that joins them is this request's. */
function hasChanged(key: string, before?: string, after?: string): boolean {
  if (key !== keys.clientsToDelete) return before !== after;
  const waited = new Set(listOf(before));
  return listOf(after).some((clientId) => !waited.has(clientId));
}
const listOf = (value = '[]') => JSON.parse(value) as string[];

const sorted = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
