import type { Action } from '../../store/account-records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { flag } from '../query-values.ts';
import { actionList } from './action-list.ts';
import { ACTION_CHANGES, NEW_ACTION } from './action-rules.ts';
import { actionView } from './action-views.ts';
import { bindingsOf, unbindAction } from './bindings-of-triggers.ts';
import { changedAction, deployAction, newAction, type ActionInput } from './new-action.ts';

const PATH = '/actions/actions';
const ONE = `${PATH}/{id}`;

/** Recorded. */
export function knownAction({ store, params }: Call): Action {
  const action = store.actions.get(params['id'] ?? '');
  if (!action) throw new ApiError(404, 'That action does not exist.');
  return action;
}

const createActionEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:actions'],
  logAs: 'Create an Action',
  answer: (call: Call) => {
    const input = checkBody(call.body, NEW_ACTION) as ActionInput & { name: string; deploy?: boolean };
    const action = newAction(input, { at: call.now(), runtime: call.settings.runtimeOfNewActions });
    const stored = call.store.actions.put(action);
    const shown = input.deploy ? deployAction(call.store, stored, stored, call.now()).action : stored;
    return { status: 201, body: actionView(call, shown, 'written') };
  },
};

const listActionsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:actions'],
  answer: (call: Call) => {
    const { store, query } = call;
    const [trigger, name, isDeployed] = [
      query.get('triggerId'),
      query.get('actionName'),
      flag(query, 'deployed'),
    ];
    const actions = [...store.actions.values()].filter(
      (action) =>
        (trigger === null || action.supported_triggers.some(({ id }) => id === trigger)) &&
        (name === null || action.name === name) &&
        (isDeployed === undefined || (action.deployed_version_id !== undefined) === isDeployed),
    );
    return actionList('actions', actions, query, (action) => actionView(call, action));
  },
};

const getActionEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:actions'],
  answer: (call: Call) => ({ status: 200, body: actionView(call, knownAction(call)) }),
};

const updateActionEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:actions'],
  logAs: 'Update an Action',
  answer: (call: Call) => {
    const action = knownAction(call);
    const input = checkBody(call.body, ACTION_CHANGES) as ActionInput;
    const changed = call.store.actions.put(changedAction(action, input, call.now()));
    return { status: 200, body: actionView(call, changed, 'written') };
  },
};

const deleteActionEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:actions'],
  logAs: 'Delete an Action',
  answer: (call: Call) => {
    const { store } = call;
    const { id, supported_triggers } = knownAction(call);
    const isBound = supported_triggers.some((trigger) =>
      bindingsOf(store, trigger.id).some(({ action_id }) => action_id === id),
    );
    // Auth0's description: it must be unbound first, unless `force` says so. The wording is guessed.
    if (isBound && flag(call.query, 'force') !== true)
      throw new ApiError(400, 'An action must be unbound from all triggers before it can be deleted.');
    unbindAction(store, id);
    for (const version of [...store.actionVersions.by('action', id)]) store.actionVersions.delete(version.id);
    store.actions.delete(id);
    return NO_CONTENT;
  },
};

export const ACTIONS: readonly Endpoint[] = [
  createActionEndpoint,
  listActionsEndpoint,
  getActionEndpoint,
  updateActionEndpoint,
  deleteActionEndpoint,
];
