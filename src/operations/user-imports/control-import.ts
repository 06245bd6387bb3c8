import type { Control } from '../../imports/import-store.ts';
import type { Call } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentProgress } from './present-import.ts';

type ControlCall = Call<'cancelUserImport' | 'pauseUserImport' | 'resumeUserImport', 'estimates' | 'imports'>;

/** Shared by cancelling, pausing and resuming. */
export async function controlImport({ path, principal, services, event }: ControlCall, action: Control) {
  const state = await ownImport(path.import_id, principal, services);
  const controlled = await services.imports.control(state, action, event);
  return { status: 200 as const, body: await presentProgress(controlled, services) };
}
