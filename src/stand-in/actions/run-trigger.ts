import { deployedVersion } from '../management/actions/action-views.ts';
import { bindingsOf } from '../management/actions/bindings-of-triggers.ts';
import type { LogBook } from '../log-book.ts';
import type { Settings } from '../settings.ts';
import type { ActionCode } from '../store/account-records.ts';
import type { Metadata } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { keepExecution, type ExecutionResult } from './executions.ts';
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
  /** Left out: no Action ran. */
  executionId?: string;
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
  logs: LogBook;
  now: () => number;
}

/**
 * Runs the deployed Actions that are bound to a trigger, in order; one that denies or fails is the last (Auth0 docs, "Post-login API
 * object"). Reported: a failure ends with `access_denied` and its message.
 */
export async function runTrigger(
  { store, settings, logs, now }: ActionServices,
  trigger: TriggerName,
  event: object,
): Promise<Outcome> {
  const outcome = emptyOutcome();
  const results: ExecutionResult[] = [];
  const at = (): string => new Date(now()).toISOString();
  for (const { action_id } of bindingsOf(store, trigger)) {
    const action = store.actions.get(action_id);
    const version = action && deployedVersion(store, action);
    if (!version) continue;
    const started_at = at();
    const { commands, error } = await sandbox.run({
      key: version.id,
      name: action.name,
      code: version.code,
      trigger,
      event: { ...event, secrets: secretsOf(version) },
      timeoutMs: settings.actionTimeoutMs,
    });
    for (const command of commands) apply(trigger, outcome, command);
    const failure = error === undefined ? {} : { error: { id: 'invoke_error', msg: error } };
    results.push({ action_name: action.name, ...failure, started_at, ended_at: at() });
    if (error !== undefined) {
      console.error(`stand-in: Action ${action.name} failed: ${error}`);
      outcome.denied = { code: 'access_denied', reason: error };
    }
    if (outcome.denied) break;
  }
  if (results.length === 0) return outcome;
  outcome.executionId = keepExecution(store, trigger, results, now());
  if (results.some(({ error }) => error))
    // The type is documented; what it holds is guessed, but for the id.
    logs.write({
      type: 'actions_execution_failed',
      description: results.at(-1)?.error?.msg ?? '',
      details: { actions: { executions: [outcome.executionId] } },
    });
  return outcome;
}

export function secretsOf({ secrets }: ActionCode): Record<string, string> {
  return Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
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
