import type { KeptRefusal } from '../../diagnosis/refusal-store.ts';
import { openCursor, toPage } from '../cursor.ts';
import type { Operation } from '../operation.ts';

export const listRefusals: Operation<'listRefusals', 'refusals' | 'seal'> = async ({
  operationId,
  principal,
  query,
  services,
}) => {
  const { limit = 50, cursor, tenant_id, code } = query;
  const listing = { seal: services.seal, operationId, principal, filters: { tenant_id, code } };
  const kept = await services.refusals.read(openCursor<string>(listing, cursor));
  const found = kept.filter(
    (one) =>
      (tenant_id === undefined || one.tenant_id === tenant_id) && (code === undefined || one.code === code),
  );
  const { page, next_cursor } = toPage(listing, found, limit, ({ id }) => id);
  return { status: 200, body: { refusals: page.map(presentRefusal), next_cursor } };
};

const presentRefusal = ({ id, ...refusal }: KeptRefusal) => ({
  ...refusal,
  time: new Date(Number(id.split('-')[0])).toISOString(),
});
