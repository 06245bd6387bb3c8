/** A deployment of a test's own, on a plan so slow that there is always something left to do, with two imports that want their share. */
import { randomUUID } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import { managementOf } from '../support/authority.ts';
import { apiKey } from '../support/callers.ts';
import { accepted, stateOf } from '../support/imports.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { moveInto } from '../support/world.ts';

/** Calls a second; five at once. */
export const PER_SECOND = 40;

export interface BusyDeployment {
  own: OwnDeployment;
  /** Its API key of acme. */
  as: string;
  /** An import of acme that goes on and on. */
  other: string;
  created(path: string): Promise<number>;
  /** Until the account has served as many calls of the other import as it serves in a second: what was under way before is over. */
  aSecond(): Promise<void>;
  /** Ids of the users of this name, as the authority has them. */
  held(name: string): Promise<string[]>;
  end(): Promise<void>;
}

export const rowsFor = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ email: `${name}-${i}@control.example` }));

export async function busyDeployment(): Promise<BusyDeployment> {
  const own = await ownWorld({ plan: `5,${PER_SECOND}` });
  const leave = moveInto(own);
  const [as, stranger] = [await apiKey('acme'), await apiKey('globex')];
  const backlog = (who: string) =>
    accepted(rowsFor(randomUUID(), 20_000), { as: who, query: '?channel=row_by_row' });
  await backlog(stranger);
  const other = await backlog(as);
  const created = async (path: string) => (await stateOf(path, as)).counts.created as number;
  return {
    own,
    as,
    other,
    created,
    async aSecond() {
      const before = await created(other);
      await until(async () => (await created(other)) >= before + PER_SECOND);
    },
    async held(name) {
      const ids: string[] = [];
      for (let page = 0; ; page += 1) {
        const q = `email:${name}-*@control.example`;
        const { data } = await managementOf(own).users.list({ q, per_page: 100, page });
        ids.push(...data.map(({ user_id }) => user_id!));
        if (data.length < 100) return ids.sort();
      }
    },
    async end() {
      leave();
      await own.end();
    },
  };
}
