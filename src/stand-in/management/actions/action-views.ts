/** Actions and their versions as Auth0 shows them (recorded). */
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../settings.ts';
import type { Action, ActionCode, ActionVersion } from '../../store/account-records.ts';
import type { Store } from '../../store/store.ts';

export interface Viewer {
  store: Store;
  settings: Settings;
  now: () => number;
}

/** How it is just after a write, and later, when the build has ended or not. */
type Moment = 'written' | 'later';

type Status = 'pending' | 'building' | 'built';

export function buildStatus({ settings, now }: Viewer, action: Action, moment: Moment = 'later'): Status {
  if (moment === 'written') return 'pending';
  return now() - action.build_started_at >= settings.actionBuildMs ? 'built' : 'building';
}

export function actionView(viewer: Viewer, action: Action, moment: Moment = 'later'): object {
  const status = buildStatus(viewer, action, moment);
  const deployed = deployedVersion(viewer.store, action);
  return {
    ...identityOf(action, action.updated_at),
    code: action.code,
    dependencies: dependenciesOf(action, status),
    runtime: action.runtime,
    status,
    secrets: secretsOf(action),
    ...(deployed && versionsIn(deployed, status)),
    all_changes_deployed: deployed !== undefined && isSame(action, deployed),
  };
}

export function versionView(version: ActionVersion, action: Action, moment: Moment = 'later'): object {
  const isDeployed = moment === 'later' && action.deployed_version_id === version.id;
  return { ...contentOf(version, isDeployed, 'built', moment === 'later'), action: actionStub(action) };
}

/** An Action in a binding shows its versions, and nothing of its draft. */
export function boundActionView(store: Store, action: Action): object {
  const deployed = deployedVersion(store, action);
  return { ...actionStub(action), ...(deployed && versionsIn(deployed, 'built')) };
}

export function deployedVersion(store: Store, action: Action): ActionVersion | undefined {
  return store.actionVersions.get(action.deployed_version_id ?? '');
}

/** Recorded: says of an Action in its versions and bindings that not all is deployed, whether it is or not. */
function actionStub(action: Action): object {
  return { ...identityOf(action, action.created_at), all_changes_deployed: false };
}

function identityOf({ id, name, supported_triggers, created_at }: Action, updated_at: string): object {
  return { id, name, supported_triggers, created_at, updated_at };
}

function versionsIn(version: ActionVersion, status: Status): object {
  const { id, code, runtime, number, created_at, updated_at } = version;
  const isBuilt = status !== 'pending';
  return {
    current_version: {
      id,
      code,
      runtime,
      status: isBuilt ? 'BUILT' : 'PENDING',
      number,
      ...(isBuilt && { build_time: updated_at }),
      created_at,
      updated_at,
    },
    deployed_version: contentOf(version, true, isBuilt ? 'built' : 'pending', isBuilt),
  };
}

function contentOf(version: ActionVersion, deployed: boolean, status: Status, showsTime: boolean): object {
  const { id, code, number, created_at, updated_at, runtime, supported_triggers } = version;
  return {
    code,
    dependencies: dependenciesOf(version, 'built'),
    id,
    deployed,
    number,
    ...(showsTime && { built_at: updated_at }),
    secrets: secretsOf(version),
    status,
    created_at,
    updated_at,
    runtime,
    supported_triggers,
  };
}

/** Where a package comes from is shown until it is built in. */
function dependenciesOf({ dependencies }: ActionCode, status: Status): object[] {
  return dependencies.map(({ registry_url, ...dependency }) => ({
    ...dependency,
    ...(status !== 'built' && registry_url !== undefined && { registry_url }),
  }));
}

function secretsOf({ secrets }: ActionCode): object[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}

function isSame(one: ActionCode, other: ActionCode): boolean {
  return isDeepStrictEqual(codeOf(one), codeOf(other));
}

export function codeOf({ code, dependencies, runtime, secrets, supported_triggers }: ActionCode): ActionCode {
  return { code, dependencies, runtime, secrets, supported_triggers };
}
