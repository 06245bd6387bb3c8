import { newId } from '../../random-ids.ts';
import type { Action, ActionBinding } from '../../store/account-records.ts';
import type { Store } from '../../store/store.ts';

export function bindingsOf(store: Store, trigger: string): ActionBinding[] {
  return store.triggerBindings.get(trigger)?.bindings ?? [];
}

export function setBindings(store: Store, trigger: string, bindings: ActionBinding[]): void {
  store.triggerBindings.put({ trigger_id: trigger, bindings });
}

export function newBinding(action: Action, displayName: string, now: number): ActionBinding {
  const at = new Date(now).toISOString();
  return {
    id: newId.action(),
    action_id: action.id,
    display_name: displayName,
    created_at: at,
    updated_at: at,
  };
}

export function unbindAction(store: Store, actionId: string): void {
  for (const { trigger_id, bindings } of [...store.triggerBindings.values()]) {
    const others = bindings.filter(({ action_id }) => action_id !== actionId);
    if (others.length < bindings.length) setBindings(store, trigger_id, others);
  }
}
