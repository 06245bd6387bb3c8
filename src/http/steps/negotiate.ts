/** Chooses the media type of the answer. A request whose answer would not be acceptable must have no effect. */
import { Problem } from '../../problem.ts';
import { preferredType } from '../preferred-type.ts';
import type { Step } from '../state.ts';

export const negotiate: Step = (ctx) => {
  const { offers } = ctx.state.matched;
  ctx.state.accepted = preferredType(ctx, offers);
  if (ctx.state.accepted === undefined && offers.length > 0)
    throw new Problem('not_acceptable', { detail: offers.join(', ') });
};
