import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

export const listConsents: Operation<'listConsents'> = (call) => {
  const { principal } = call;
  if (principal.kind !== 'user')
    throw new Problem('caller_not_allowed', { internal: `it is not for ${principal.kind}` });
  return relayed(call, { userId: principal.userId });
};
