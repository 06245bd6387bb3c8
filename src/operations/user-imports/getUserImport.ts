import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentProgress } from './present-import.ts';

export const getUserImport: Operation<'getUserImport', 'estimates' | 'imports'> = async ({
  path,
  principal,
  services,
}) => ({
  status: 200,
  body: await presentProgress(await ownImport(path.import_id, principal, services), services),
});
