import { Problem } from '../../problem.ts';
import { presentApp } from '../apps/present-app.ts';
import type { Operation } from '../operation.ts';

export const updateApp: Operation<'updateApp'> = async ({ body, path, principal, services }) => {
  const app = await services.appAdministration.setStatus(path.client_id, body.status, principal.clientId);
  if (!app) throw new Problem('not_found');
  return { status: 200, body: presentApp(app) };
};
