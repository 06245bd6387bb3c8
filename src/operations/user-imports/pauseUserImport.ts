import type { Operation } from '../operation.ts';
import { controlImport } from './control-import.ts';

export const pauseUserImport: Operation<'pauseUserImport', 'estimates' | 'imports'> = (call) =>
  controlImport(call, 'pause');
