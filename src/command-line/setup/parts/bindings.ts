/** Our Actions run at their triggers, after everybody else's. */
import type { AccountPart } from '../context.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Change, type PartPlan } from '../plan.ts';
import { isMarked, type OwnAction } from './actions.ts';

export const binding =
  (own: OwnAction): AccountPart =>
  async ({ management }) => {
    const path = `/actions/triggers/${own.trigger}/bindings`;
    const bindings = await management.list(path, 'bindings');
    const actions = await management.list('/actions/actions', 'actions', { actionName: own.name });
    return planBinding(
      own,
      bindings,
      actions.find(({ name }) => name === own.name),
    );
  };

export function planBinding(own: OwnAction, bindings: readonly Json[], action: Json | undefined): PartPlan {
  const isMine = (one: Json) => action !== undefined && actionOf(one)['id'] === action['id'];
  const others = bindings.filter((one) => !isMine(one));
  const mine = bindings.find(isMine);
  const kept = others.map((one) => `${own.trigger}: ${String(one['display_name'])}`);
  const isForeign = action !== undefined && !isMarked(action);
  if (isForeign || (mine && bindings.at(-1) === mine)) return { ...emptyPlan(), kept };
  const isDeployed = Boolean(action?.['deployed_version']);
  const change: Change = {
    item: `Action ${own.name}`,
    what: mine ? `move it to the end of ${own.trigger}` : `bind it to ${own.trigger}, as the last one`,
    why: mine
      ? 'an Action that runs after it could set its claims to something else'
      : 'only bound Actions run; the others keep their order',
    ...(action && isDeployed && { step: bindingStep(own, others, action, mine) }),
  };
  return { ...emptyPlan(), changes: [change], kept };
}

/** Auth0 replaces the whole list: the others go back into it as the bindings that they are. */
function bindingStep(
  own: OwnAction,
  others: readonly Json[],
  action: Json,
  mine: Json | undefined,
): Change['step'] {
  const refer = ({ id, display_name }: Json) => ({ ref: { type: 'binding_id', value: id }, display_name });
  return {
    kind: 'request',
    method: 'PATCH',
    path: `/actions/triggers/${own.trigger}/bindings`,
    body: {
      bindings: [
        ...others.map(refer),
        mine ? refer(mine) : { ref: { type: 'action_id', value: action['id'] }, display_name: own.name },
      ],
    },
  };
}

const actionOf = ({ action }: Json): Json => ({ ...(action ?? {}) });
