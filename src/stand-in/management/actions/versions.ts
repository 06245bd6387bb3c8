import type { Action, ActionVersion } from '../../store/account-records.ts';
import { ApiError } from '../api-error.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { actionList } from './action-list.ts';
import { buildStatus, codeOf, versionView } from './action-views.ts';
import { knownAction } from './actions.ts';
import { deployAction } from './new-action.ts';

const PATH = '/actions/actions/{id}/versions';

function knownVersion(call: Call, action: Action): ActionVersion {
  const version = call.store.actionVersions.get(call.params['version_id'] ?? '');
  // Guessed, after the wording for Actions.
  if (version?.action_id !== action.id) throw new ApiError(404, 'That action version does not exist.');
  return version;
}

const deployActionEndpoint: Endpoint = {
  method: 'POST',
  path: '/actions/actions/{id}/deploy',
  scopes: ['create:actions'],
  logAs: 'Deploy an Action',
  answer: (call: Call) => {
    const draft = knownAction(call);
    // Public reports of this text.
    if (buildStatus(call, draft) !== 'built')
      throw new ApiError(400, "A draft must be in the 'built' state before it can be deployed.");
    const { action, version } = deployAction(call.store, draft, draft, call.now());
    return { status: 200, body: versionView(version, action, 'written') };
  },
};

const listVersionsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:actions'],
  answer: (call: Call) => {
    const action = knownAction(call);
    // Newest first: guessed.
    const versions = [...call.store.actionVersions.by('action', action.id)].reverse();
    return actionList('versions', versions, call.query, (version) => versionView(version, action));
  },
};

const getVersionEndpoint: Endpoint = {
  method: 'GET',
  path: `${PATH}/{version_id}`,
  scopes: ['read:actions'],
  answer: (call: Call) => {
    const action = knownAction(call);
    return { status: 200, body: versionView(knownVersion(call, action), action) };
  },
};

/** Recorded: deploying an older version makes a new one of it. */
const deployVersionEndpoint: Endpoint = {
  method: 'POST',
  path: `${PATH}/{version_id}/deploy`,
  scopes: ['create:actions'],
  logAs: 'Deploy a version of an Action',
  answer: (call: Call) => {
    const action = knownAction(call);
    const content = knownVersion(call, action);
    const takesOver = (call.body as { update_draft?: unknown } | undefined)?.update_draft === true;
    const draft = takesOver ? { ...action, ...codeOf(content) } : action;
    const deployed = deployAction(call.store, draft, content, call.now());
    return { status: 200, body: versionView(deployed.version, deployed.action, 'written') };
  },
};

export const ACTION_VERSIONS: readonly Endpoint[] = [
  deployActionEndpoint,
  listVersionsEndpoint,
  getVersionEndpoint,
  deployVersionEndpoint,
];
