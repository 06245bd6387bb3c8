import { secretsOf } from '../../actions/run-trigger.ts';
import { sandbox } from '../../actions/sandbox.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownAction } from './actions.ts';

/** The Action as it is now, not as it is deployed, with an event of the caller's. What succeeds answers is guessed, failures are recorded. */
const testActionEndpoint: Endpoint = {
  method: 'POST',
  path: '/actions/actions/{id}/test',
  scopes: ['create:actions'],
  answer: async (call: Call) => {
    const action = knownAction(call);
    const { payload } = checkBody(call.body, {
      required: ['payload'],
      properties: { payload: { type: 'object' } },
    }) as { payload: { event?: unknown } };
    const event = typeof payload.event === 'object' && payload.event !== null ? payload.event : {};
    const began = performance.now();
    const missing = missingIn(event);
    const { commands, error } =
      missing === undefined
        ? await sandbox.run({
            key: `draft ${action.id} ${action.build_started_at}`,
            name: action.name,
            code: action.code,
            trigger: action.supported_triggers[0]?.id ?? '',
            event: { ...event, secrets: secretsOf(action) },
            timeoutMs: call.settings.actionTimeoutMs,
          })
        : { commands: [], error: missing };
    const name = missing === undefined ? 'Error' : 'TypeError';
    const result = error === undefined ? { commands } : { error: failure(name, error) };
    return { status: 200, body: { payload: { ...result, stats: statsOf(performance.now() - began) } } };
  },
};

/** Recorded for an event with nothing but a user: Auth0 reads more of it. Which member it missed is guessed. */
function missingIn(event: object): string | undefined {
  return 'tenant' in event || 'client' in event
    ? undefined
    : "Cannot read properties of undefined (reading 'id')";
}

function failure(name: string, message: string): object {
  return { message, name, stack: `${name}: ${message}` };
}

/** Members recorded; nothing here starts up, or goes over a network. */
function statsOf(ms: number): object {
  const whole = Math.round(ms);
  return {
    total_request_duration_ms: whole,
    total_runtime_execution_duration_ms: whole,
    runtime_processing_duration_ms: 0,
    action_duration_ms: whole,
    runtime_external_call_duration_ms: 0,
    boot_duration_ms: 0,
    network_duration_ms: 0,
  };
}

const getExecutionEndpoint: Endpoint = {
  method: 'GET',
  path: '/actions/executions/{id}',
  scopes: ['read:actions'],
  answer: ({ store, params }: Call) => {
    const execution = store.actionExecutions.get(params['id'] ?? '');
    // Recorded.
    if (!execution) throw new ApiError(404, 'That execution does not exist.');
    return { status: 200, body: execution };
  },
};

export const ACTION_EXECUTIONS: readonly Endpoint[] = [testActionEndpoint, getExecutionEndpoint];
