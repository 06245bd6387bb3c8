import { Problem } from '../../problem.ts';
import { presentApp } from '../apps/present-app.ts';
import type { Operation } from '../operation.ts';

export const listApps: Operation<'listApps'> = async ({ query, services }) => {
  const { cursor, limit = 50, status } = query;
  // Where to go on: when the last app of the page before was registered.
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw new Problem('invalid_cursor');
  const before = cursor === undefined ? undefined : Number(cursor);
  const { apps, next } = await services.appAdministration.list(limit, before, status);
  return {
    status: 200,
    body: { apps: apps.map(presentApp), ...(next === undefined ? {} : { next_cursor: String(next) }) },
  };
};
