import { authorize as check } from '../../authorization/authorize.ts';
import type { Step } from '../state.ts';

/** Checks whether the caller may call this operation, before the body is read. */
export const authorize: Step = (ctx) => {
  const { matched, principal, path } = ctx.state;
  if (principal) check(matched.description, principal, path);
};
