import type { Operation } from '../operation.ts';
import { controlImport } from './control-import.ts';

export const resumeUserImport: Operation<'resumeUserImport', 'estimates' | 'imports'> = (call) =>
  controlImport(call, 'resume');
