import type { Action, ActionBinding } from '../../store/account-records.ts';
import type { Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { actionList } from './action-list.ts';
import { BINDINGS } from './action-rules.ts';
import { boundActionView } from './action-views.ts';
import { bindingsOf, newBinding, setBindings } from './bindings-of-triggers.ts';
import { knownTrigger } from './triggers.ts';

const PATH = '/actions/triggers/{trigger_id}/bindings';

interface BindingInput {
  ref: { type: 'binding_id' | 'action_id' | 'action_name'; value: string };
  display_name?: string;
}

function bindingView(store: Store, trigger: string) {
  return ({ action_id, ...binding }: ActionBinding): object => {
    const action = store.actions.get(action_id);
    return { ...binding, trigger_id: trigger, ...(action && { action: boundActionView(store, action) }) };
  };
}

const listBindingsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:actions'],
  answer: (call: Call) => {
    const trigger = knownTrigger(call);
    return actionList(
      'bindings',
      bindingsOf(call.store, trigger),
      call.query,
      bindingView(call.store, trigger),
    );
  },
};

/** Recorded: replaces the whole list. */
const updateBindingsEndpoint: Endpoint = {
  method: 'PATCH',
  path: PATH,
  scopes: ['update:actions'],
  logAs: 'Update trigger bindings',
  answer: (call: Call) => {
    const trigger = knownTrigger(call);
    const { bindings: wanted } = checkBody(call.body, BINDINGS) as unknown as { bindings: BindingInput[] };
    const before = bindingsOf(call.store, trigger);
    const bindings = wanted.map((input) => {
      const action = referredAction(call.store, input, before);
      checkBindable(action, trigger);
      const known = before.find(({ action_id }) => action_id === action.id);
      const name = input.display_name ?? known?.display_name ?? action.name;
      return known ? { ...known, display_name: name } : newBinding(action, name, call.now());
    });
    setBindings(call.store, trigger, bindings);
    return { status: 200, body: { bindings: bindings.map(bindingView(call.store, trigger)) } };
  },
};

/** The wording of all refusals is guessed. */
function referredAction(store: Store, { ref }: BindingInput, bindings: readonly ActionBinding[]): Action {
  const { type, value } = ref;
  const id = type === 'binding_id' ? bindings.find((one) => one.id === value)?.action_id : value;
  const action = type === 'action_name' ? store.actions.first('name', value) : store.actions.get(id ?? '');
  if (!action) throw new ApiError(404, 'That action does not exist.');
  return action;
}

function checkBindable({ name, supported_triggers, deployed_version_id }: Action, trigger: string): void {
  if (!supported_triggers.some(({ id }) => id === trigger))
    throw new ApiError(400, `The action ${name} does not support the trigger ${trigger}.`);
  // Auth0 docs, "Write your first Action": only deployed Actions can be added to a trigger.
  if (deployed_version_id === undefined)
    throw new ApiError(400, `The action ${name} has not been deployed, and cannot be bound.`);
}

export const TRIGGER_BINDINGS: readonly Endpoint[] = [listBindingsEndpoint, updateBindingsEndpoint];
