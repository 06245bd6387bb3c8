import { Problem } from '../../problem.ts';
import { presentApp } from '../apps/present-app.ts';
import type { Operation } from '../operation.ts';

export const updateApp: Operation<'updateApp', 'appAdministration'> = async ({
  body,
  event,
  path,
  principal,
  services,
}) => {
  const by = principal.userId ?? principal.clientId;
  const app = await services.appAdministration.setStatus(path.client_id, body, by, event);
  if (!app) throw new Problem('not_found');
  return { status: 200, body: presentApp(app) };
};
