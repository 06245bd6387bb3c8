import type { Operation } from '../operation.ts';
import { controlImport } from './control-import.ts';

export const cancelUserImport: Operation<'cancelUserImport', 'estimates' | 'imports'> = (call) =>
  controlImport(call, 'cancel');
