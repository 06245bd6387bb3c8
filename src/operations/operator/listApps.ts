import { Problem } from '../../problem.ts';
import type { AppPlace } from '../../registry/apps.ts';
import { presentApp } from '../apps/present-app.ts';
import type { Operation } from '../operation.ts';

export const listApps: Operation<'listApps'> = async ({ query, services }) => {
  const { cursor, limit = 50, status } = query;
  const after = cursor === undefined ? undefined : readPlace(cursor);
  const { apps, next } = await services.appAdministration.list(limit, after, status);
  const cursors = next === undefined ? {} : { next_cursor: `${next.registeredAt}.${next.clientId}` };
  return { status: 200, body: { apps: apps.map(presentApp), ...cursors } };
};

function readPlace(cursor: string): AppPlace {
  const [, registeredAt, clientId] = /^(\d{1,15})\.(\S+)$/.exec(cursor) ?? [];
  if (registeredAt === undefined || clientId === undefined) throw new Problem('invalid_cursor');
  return { registeredAt: Number(registeredAt), clientId };
}
