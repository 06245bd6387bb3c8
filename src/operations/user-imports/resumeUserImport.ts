import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentProgress } from './present-import.ts';

export const resumeUserImport: Operation<'resumeUserImport'> = async ({
  path,
  principal,
  services,
  event,
}) => {
  const state = await ownImport(path.import_id, principal, services);
  return {
    status: 200,
    body: await presentProgress(await services.imports.control(state, 'resume', event), services),
  };
};
