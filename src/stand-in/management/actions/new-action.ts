import { newId } from '../../random-ids.ts';
import type { Action, ActionCode, ActionSecret, ActionVersion } from '../../store/account-records.ts';
import type { Store } from '../../store/store.ts';
import { codeOf } from './action-views.ts';
import { completeTriggers } from './triggers.ts';

/** What a request says of an Action. */
export type ActionInput = Partial<Omit<ActionCode, 'secrets'>> & {
  name?: string;
  secrets?: { name: string; value?: string }[];
};

export function newAction(
  input: ActionInput & { name: string },
  { at, runtime }: { at: number; runtime: string },
): Action {
  const created_at = new Date(at).toISOString();
  const draft = { code: '', dependencies: [], runtime, secrets: [], supported_triggers: [] };
  const action = { ...draft, id: newId.action(), name: input.name, created_at, updated_at: created_at };
  return changedAction({ ...action, build_started_at: at }, input, at);
}

/** A new draft, whose build begins. */
export function changedAction(action: Action, input: ActionInput, at: number): Action {
  const { secrets, supported_triggers: triggers, name = action.name } = input;
  const updated_at = new Date(at).toISOString();
  return {
    ...action,
    name,
    code: input.code ?? action.code,
    dependencies: input.dependencies ?? action.dependencies,
    runtime: input.runtime ?? action.runtime,
    secrets: secrets ? secrets.map((one) => newSecret(one, action.secrets, updated_at)) : action.secrets,
    supported_triggers: triggers ? completeTriggers(triggers) : action.supported_triggers,
    updated_at,
    build_started_at: at,
  };
}

/** Recorded: a secret that is sent without its value keeps the one that it has. */
function newSecret(
  { name, value }: { name: string; value?: string },
  known: readonly ActionSecret[],
  updated_at: string,
): ActionSecret {
  const before = known.find((one) => one.name === name);
  if (value === undefined && before) return before;
  return { name, value: value ?? '', updated_at };
}

/** Makes a version of what is given, and deploys it. */
export function deployAction(
  store: Store,
  action: Action,
  content: ActionCode,
  now: number,
): { action: Action; version: ActionVersion } {
  const at = new Date(now).toISOString();
  const version = store.actionVersions.put({
    ...codeOf(content),
    id: newId.action(),
    action_id: action.id,
    number: store.actionVersions.count('action', action.id) + 1,
    created_at: at,
    updated_at: at,
  });
  return { version, action: store.actions.put({ ...action, deployed_version_id: version.id }) };
}
