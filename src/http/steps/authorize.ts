import { authorize as check } from '../../authorization/authorize.ts';
import type { Step } from '../state.ts';

/** May the caller call this operation? The body has not been read yet. */
export const authorize: Step = async (ctx, next) => {
  const { matched, principal, path } = ctx.state;
  if (principal) check(matched.description, principal, path);
  await next();
};
