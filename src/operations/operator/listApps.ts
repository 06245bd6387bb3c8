import type { AppPlace } from '../../registry/app-places.ts';
import { presentApp } from '../apps/present-app.ts';
import { nextCursor, openCursor } from '../cursor.ts';
import type { Operation } from '../operation.ts';

export const listApps: Operation<'listApps', 'appAdministration' | 'seal'> = async ({
  operationId,
  principal,
  query,
  services,
}) => {
  const { cursor, limit = 50, status } = query;
  const listing = { seal: services.seal, operationId, principal, filters: { status } };
  const after = openCursor<AppPlace>(listing, cursor);
  const { apps, next } = await services.appAdministration.list(limit, after, status);
  const next_cursor = nextCursor(listing, next);
  return { status: 200, body: { apps: apps.map(presentApp), next_cursor } };
};
