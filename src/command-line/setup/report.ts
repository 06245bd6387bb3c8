/** A plan in words, and as JSON. Neither contains a secret: values of environment variables are left out. */
import { join } from 'node:path';
import { plainText } from '../plain-text.ts';
import type { Change, Finding, PartPlan } from './plan.ts';
import type { Settings } from './settings.ts';

export function planInWords({ changes, findings, kept }: PartPlan, { url, audience }: Settings): string {
  return [
    `${url}, API ${audience}`,
    '',
    ...section('To do:', changes.flatMap(changeInWords)),
    ...section('Only you can decide:', findings.flatMap(findingInWords)),
    ...section(
      'Stays as it is:',
      kept.map((what) => `  binding of ${plainText(what)}`),
    ),
    changes.length === 0
      ? 'Nothing is to be done.'
      : 'Nothing else in the account is changed, and nothing is deleted.',
  ].join('\n');
}

const section = (title: string, lines: string[]) => (lines.length === 0 ? [] : [title, ...lines, '']);

const changeInWords = ({ item, what, why }: Change) =>
  [`  ${item}: ${what}`, `      because ${why}`].map(plainText);

const findingInWords = ({ item, level, what, why, remedy }: Finding) =>
  [`  ${level === 'drift' ? '!' : '-'} ${item}: ${what}`, `      ${why}`, `      ${remedy}`].map(plainText);

export const isDrift = ({ level }: Finding): boolean => level === 'drift';

export type Outcome = 'planned' | 'applied' | 'checked';

export function planAsJson(
  { changes, findings, kept }: PartPlan,
  { url, audience }: Settings,
  outcome: Outcome,
): string {
  return JSON.stringify({
    account: url,
    audience,
    outcome,
    is_as_wanted: (outcome === 'applied' || changes.length === 0) && !findings.some(isDrift),
    changes: changes.map(({ item, what, why }) => ({
      item,
      what,
      why,
      remedy: 'npm exec --no -- trivium setup',
    })),
    findings,
    kept,
  });
}

export function nextSteps({ folder, audience }: Settings): string {
  const [api, workers] = [join(folder, 'api.env'), join(folder, 'workers.env')] as const;
  const start = (file: string, script: string) => `set -a; . ${file}; set +a; npm run ${script}`;
  return [
    'What comes next:',
    `  1. Below the last line of ${api} and ${workers}, set REDIS_URL,`,
    '     and what your plan of Auth0 is: AUTH0_PLAN in the second (free, if left out), APPLICATION_LIMIT in the first (100, if left out; free: 10).',
    '  2. In a checkout of Trivium, npm run build; then start both, each in a shell of its own (again, if they run already):',
    `       ${start(api, 'api')}`,
    `       ${start(workers, 'worker')}`,
    "  3. Create the first tenant with the operator's token. The answer has its first API key, this once:",
    `       curl -H "Authorization: Bearer $(npm exec --no -- trivium token --folder ${folder})" '${audience}/v1/tenants' \\`,
    `         -H 'Content-Type: application/json' -d '${FIRST_TENANT}'`,
    '  4. If you made a client for this set-up, delete it. Compare the account every day: npm exec --no -- trivium setup --check',
    `${folder} contains private keys: copy each file only to where it is needed, and into no repository.`,
  ].join('\n');
}

/** After a run that changed a deployment which is there. */
export const laterSteps = ({ changes }: PartPlan): string =>
  changes.some(({ step }) => step?.kind === 'environment')
    ? 'Done. Start API and workers again: their environment files have changed.'
    : 'Done.';

/** With a web app and a database of its own, which any account can have. */
const FIRST_TENANT = JSON.stringify({
  id: 'initech',
  name: 'Initech',
  admin: { email: 'ann@initech.example' },
  web_app: { origins: ['http://localhost:3000'], callback_urls: ['http://localhost:3000/callback'] },
});
