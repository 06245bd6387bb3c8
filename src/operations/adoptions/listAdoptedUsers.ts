import type { AdoptionStore } from '../../adoptions/adoption-store.ts';
import type { components } from '../../contract/generated.ts';
import { csvLine } from '../csv-line.ts';
import { nextCursor, openCursor } from '../cursor.ts';
import { nextPage } from '../next-page.ts';
import type { Operation } from '../operation.ts';
import { ownAdoption } from './own-adoption.ts';
import { presentAdoptedUser } from './present-adoption.ts';

export const listAdoptedUsers: Operation<'listAdoptedUsers', 'adoptions' | 'seal'> = async (call) => {
  const { accepted, operationId, path, principal, query, services } = call;
  const { limit = 100, cursor } = query;
  const { id, tenantId } = await ownAdoption(path, services);
  const listing = { seal: services.seal, operationId, principal, filters: { adoption_id: id } };
  const after = openCursor<number>(listing, cursor) ?? 0;
  if (accepted === 'text/csv')
    return { status: 200, type: accepted, body: asCsv(services.adoptions, id, after) };
  const found = await services.adoptions.listUsers(id, after, limit + 1);
  const next_cursor = nextCursor(listing, found.length > limit ? after + limit : undefined);
  return {
    status: 200,
    body: { users: found.slice(0, limit).map(presentAdoptedUser), next_cursor },
    headers: nextPage(`/v1/tenants/${tenantId}/user-adoptions/${id}/users`, { limit }, next_cursor),
  };
};

const TOGETHER = 1_000;

async function* asCsv(adoptions: AdoptionStore, id: string, after: number): AsyncGenerator<string> {
  yield csvLine(['user_id', 'outcome', 'code', 'message']);
  for (let at = after; ; at += TOGETHER) {
    const users = await adoptions.listUsers(id, at, TOGETHER);
    if (users.length > 0) yield users.map((one) => lineOf(presentAdoptedUser(one))).join('');
    if (users.length < TOGETHER) return;
  }
}

const lineOf = ({ user_id, outcome, code, message }: components['schemas']['AdoptedUser']): string =>
  csvLine([user_id, outcome, code, message]);
