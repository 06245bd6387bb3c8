import { deployedVersion } from '../management/actions/action-views.ts';
import { bindingsOf } from '../management/actions/bindings-of-triggers.ts';
import type { Settings } from '../settings.ts';
import type { Metadata } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { mayBeClaim } from './restricted-claims.ts';
import { sandbox, type Command } from './sandbox.ts';

export type TriggerName = 'post-login' | 'credentials-exchange';

/** What the Actions of a trigger decided together. */
export interface Outcome {
  /** Sign-ins have a reason only; at credentials-exchange there is a code, too. */
  denied?: { code: string; reason: string };
  accessTokenClaims: Record<string, unknown>;
  idTokenClaims: Record<string, unknown>;
  addedScopes: string[];
  removedScopes: string[];
  appMetadata: Metadata;
  userMetadata: Metadata;
}

export function emptyOutcome(): Outcome {
  return {
    accessTokenClaims: {},
    idTokenClaims: {},
    addedScopes: [],
    removedScopes: [],
    appMetadata: {},
    userMetadata: {},
  };
}

export interface ActionServices {
  store: Store;
  settings: Settings;
}

/**
 * Runs the deployed Actions that are bound to a trigger, in order; one that denies or fails is the last (Auth0 docs, "Post-login API
 * object"). Reported: a failure ends with `access_denied` and its message.
 */
export async function runTrigger(
  { store, settings }: ActionServices,
  trigger: TriggerName,
  event: object,
): Promise<Outcome> {
  const outcome = emptyOutcome();
  for (const { action_id } of bindingsOf(store, trigger)) {
    const action = store.actions.get(action_id);
    const version = action && deployedVersion(store, action);
    if (!version) continue;
    const secrets = Object.fromEntries(version.secrets.map(({ name, value }) => [name, value]));
    const { commands, error } = await sandbox.run({
      key: version.id,
      name: action.name,
      code: version.code,
      trigger,
      event: { ...event, secrets },
      timeoutMs: settings.actionTimeoutMs,
    });
    for (const command of commands) apply(trigger, outcome, command);
    if (error !== undefined) {
      console.error(`stand-in: Action ${action.name} failed: ${error}`);
      outcome.denied = { code: 'access_denied', reason: error };
    }
    if (outcome.denied) break;
  }
  return outcome;
}

function apply(trigger: TriggerName, outcome: Outcome, [method, ...values]: Command): void {
  const [name = '', value] = values as [string?, unknown?];
  switch (method) {
    case 'access.deny':
      outcome.denied ??=
        trigger === 'post-login'
          ? { code: 'access_denied', reason: name }
          : { code: name, reason: typeof value === 'string' ? value : '' };
      break;
    case 'accessToken.setCustomClaim':
      setClaim(outcome.accessTokenClaims, name, value);
      break;
    case 'idToken.setCustomClaim':
      setClaim(outcome.idTokenClaims, name, value);
      break;
    case 'accessToken.addScope':
      outcome.addedScopes.push(name);
      break;
    case 'accessToken.removeScope':
      outcome.removedScopes.push(name);
      break;
    case 'user.setAppMetadata':
      outcome.appMetadata[name] = value ?? null;
      break;
    case 'user.setUserMetadata':
      outcome.userMetadata[name] = value ?? null;
      break;
  }
}

/** Auth0 docs, "Create custom claims": a claim of a restricted name is dropped, and nothing fails. */
function setClaim(claims: Record<string, unknown>, name: string, value: unknown): void {
  if (!mayBeClaim(name)) return;
  if (value === undefined) delete claims[name];
  else claims[name] = value;
}
