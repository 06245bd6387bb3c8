import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentImport } from './present-import.ts';

export const getUserImport: Operation<'getUserImport'> = async ({ path, principal, services }) => ({
  status: 200,
  body: presentImport(await ownImport(path.import_id, principal, services)),
});
