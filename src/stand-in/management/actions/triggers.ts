import type { ActionTrigger } from '../../store/account-records.ts';
import { invalidBody, invalidPath } from '../api-error.ts';
import type { Call, Endpoint } from '../endpoint.ts';

interface Trigger extends ActionTrigger {
  status: 'CURRENT' | 'DEPRECATED';
  runtimes: string[];
  default_runtime?: string;
  compatible_triggers: ActionTrigger[];
}

const RUNTIMES = ['node12', 'node16', 'node18'];

function current(id: string, version: string, compatible_triggers: ActionTrigger[] = []): Trigger {
  const status = 'CURRENT';
  return { id, version, status, runtimes: RUNTIMES, default_runtime: 'node16', compatible_triggers };
}

function deprecated(id: string, version: string): Trigger {
  const [runtimes, default_runtime] = [['node12'], 'node12'];
  return { id, version, status: 'DEPRECATED', runtimes, default_runtime, compatible_triggers: [] };
}

/** Recorded in 2023; how newer runtimes are listed is not known. */
const LISTED: readonly Trigger[] = [
  deprecated('post-login', 'v1'),
  { ...current('post-login', 'v2'), status: 'DEPRECATED' },
  current('post-login', 'v3', [{ id: 'post-login', version: 'v2' }]),
  current('credentials-exchange', 'v2'),
  deprecated('credentials-exchange', 'v1'),
  deprecated('pre-user-registration', 'v1'),
  current('pre-user-registration', 'v2'),
  deprecated('post-user-registration', 'v1'),
  current('post-user-registration', 'v2'),
  current('post-change-password', 'v2'),
  deprecated('post-change-password', 'v1'),
  {
    id: 'send-phone-message',
    version: 'v1',
    status: 'DEPRECATED',
    runtimes: ['node12'],
    compatible_triggers: [],
  },
  current('send-phone-message', 'v2'),
];

/** In Auth0's description of the API, and not in the recorded list. */
const LATER = [
  'custom-phone-provider',
  'custom-email-provider',
  'password-reset-post-challenge',
  'custom-token-exchange',
  'event-stream',
  'password-hash-migration',
  'login-post-identifier',
  'signup-post-identifier',
  'post-credential-validation',
];

const NAMES: ReadonlySet<string> = new Set([...LISTED.map(({ id }) => id), ...LATER]);

/** The version of a trigger that Actions get which name none. */
function currentVersion(id: string): string {
  return LISTED.find((one) => one.id === id && one.status === 'CURRENT')?.version ?? 'v1';
}

/** @throws ApiError for a trigger that Auth0's description does not name; the wording is guessed */
export function completeTriggers(triggers: readonly { id?: unknown; version?: unknown }[]): ActionTrigger[] {
  return triggers.map(({ id, version }, index) => {
    const at = `supported_triggers[${index}].id`;
    if (typeof id !== 'string') throw invalidBody('Missing required property: id', at);
    if (!NAMES.has(id)) throw invalidBody(`No enum match for: ${id}`, at);
    return { id, version: typeof version === 'string' ? version : currentVersion(id) };
  });
}

export function knownTrigger({ params }: Call): string {
  const id = params['trigger_id'] ?? '';
  if (!NAMES.has(id)) throw invalidPath(`No enum match for: ${id}`, 'triggerId');
  return id;
}

export const listTriggersEndpoint: Endpoint = {
  method: 'GET',
  path: '/actions/triggers',
  scopes: ['read:actions'],
  answer: () => ({ status: 200, body: { triggers: LISTED } }),
};
