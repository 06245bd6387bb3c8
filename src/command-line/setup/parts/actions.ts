/** The two Actions that put tenant, user and roles into tokens: their code, and that it is deployed. */
import type { AccountPart } from '../context.ts';
import { CREDENTIALS_EXCHANGE, POST_LOGIN } from '../generated-account.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Change, type PartPlan, type Wait } from '../plan.ts';
import { audienceIn, SAMPLE_AUDIENCE, servesOther } from './other-api.ts';

export interface OwnAction {
  /** In names of parts of the account. */
  key: string;
  name: string;
  trigger: string;
  version: string;
  /** With `https://api.example.com` in place of the audience. */
  template: string;
}

export const ACTIONS: readonly OwnAction[] = [
  {
    key: 'sign_in',
    name: 'Trivium claims (sign-in)',
    trigger: 'post-login',
    version: 'v3',
    template: POST_LOGIN,
  },
  {
    key: 'api_keys',
    name: 'Trivium claims (API keys)',
    trigger: 'credentials-exchange',
    version: 'v2',
    template: CREDENTIALS_EXCHANGE,
  },
];

/** Actions have no metadata: the first line of their code is their mark. */
const MARK = '// Made by `trivium setup`, which keeps this code as it is.';
const RUNTIME = 'node22';
const WHY = 'tokens must carry tenant, user and roles';

export const codeOf = ({ template }: OwnAction, audience: string): string =>
  `${MARK}\n${template.replaceAll(SAMPLE_AUDIENCE, audience)}`;

export const action =
  (own: OwnAction): AccountPart =>
  async ({ management, settings }) => {
    const named = await management.list('/actions/actions', 'actions', { actionName: own.name });
    const actual = named.find(({ name }) => name === own.name);
    const found = actual && isMarked(actual) ? audienceIn(codeIn(actual), own.template) : undefined;
    if (found !== undefined && found !== settings.audience && !settings.replaceActions)
      return { ...emptyPlan(), findings: [servesOther(`Action ${own.name}`, found)] };
    return planAction(own, actual, codeOf(own, settings.audience), settings.replaceActions);
  };

export function planAction(
  own: OwnAction,
  actual: Json | undefined,
  code: string,
  replaces: boolean,
): PartPlan {
  const item = `Action ${own.name}`;
  const deploy = { item, about: 'deployed', what: 'deploy it', why: 'only the deployed version runs' };
  if (!actual) return { ...emptyPlan(), changes: [creation(own, item, code), deploy] };
  const id = String(actual['id']);
  const path = `/actions/actions/${id}`;
  const isOurs = isMarked(actual);
  if (!isOurs && !replaces) return { ...emptyPlan(), findings: [foreign(item)] };
  const changes: Change[] = [];
  if (codeIn(actual) !== code)
    changes.push({
      item,
      about: 'code',
      what: isOurs
        ? 'replace its code, which differs'
        : 'replace its code, which is not ours (--replace-actions)',
      why: WHY,
      step: { kind: 'request', method: 'PATCH', path, body: { code }, after: () => built(id) },
    });
  if (deployedCode(actual) !== code)
    changes.push({
      ...deploy,
      step: {
        kind: 'request',
        method: 'POST',
        path: `${path}/deploy`,
        before: built(id),
        after: () => ({
          path,
          what: 'the deployment',
          until: (answer) => deployedCode(answer) === code,
        }),
      },
    });
  return { ...emptyPlan(), changes };
}

export const wantedAction = (own: OwnAction, code: string) => ({
  name: own.name,
  supported_triggers: [{ id: own.trigger, version: own.version }],
  runtime: RUNTIME,
  code,
  dependencies: [],
  secrets: [],
});

const creation = (own: OwnAction, item: string, code: string): Change => ({
  item,
  what: 'create it',
  why: WHY,
  step: {
    kind: 'request',
    method: 'POST',
    path: '/actions/actions',
    body: wantedAction(own, code),
    after: ({ id }) => built(String(id)),
  },
});

const built = (id: string): Wait => ({
  path: `/actions/actions/${id}`,
  what: 'Auth0 to build the Action',
  until: ({ status }) => status === 'built',
});

/** Whether its code, as it is edited, begins with our mark. */
export const isMarked = (action: Json): boolean => codeIn(action).startsWith(MARK);

const codeIn = ({ code }: Json): string => (typeof code === 'string' ? code : '');
const deployedCode = ({ deployed_version: version }: Json): string => codeIn({ ...(version ?? {}) });

const foreign = (item: string): PartPlan['findings'][number] => ({
  item,
  about: 'foreign',
  level: 'drift',
  what: 'there is one of this name, and its code is not ours',
  why: 'without our code tokens carry no tenant, so that every call is refused',
  remedy: 'Rename it if it is yours; if it is an earlier version of ours, run setup with --replace-actions.',
});
