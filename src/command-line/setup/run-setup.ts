/** `trivium setup`: plan, question, application. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accessToken, type Environment } from './access-token.ts';
import { apply } from './apply.ts';
import { checkCodeOptions, printAsCode, type CodeOptions } from './as-code/print-as-code.ts';
import type { Context } from './context.ts';
import { readEnvironment } from './environment-file.ts';
import type { SetupEnding } from './failure.ts';
import { createManagement } from './management.ts';
import { partsOf } from './parts/index.ts';
import { isOtherApis, otherApiRefusal } from './parts/other-api.ts';
import { joined, type OwnClient, type PartPlan } from './plan.ts';
import { writePrivate } from './private-file.ts';
import { isDrift, laterSteps, nextSteps, planAsJson, planInWords, type Outcome } from './report.ts';
import { readSettings, type Settings, type SetupOptions } from './settings.ts';
import { localKey } from './signing-keys.ts';
import type { Terminal } from './terminal.ts';
import { checkTokenScopes } from './token-scopes.ts';

export interface RunOptions extends SetupOptions, CodeOptions {
  check: boolean;
  yes: boolean;
  json: boolean;
}

/** @param env has the access token, or what gets one @param say writes a line for people @param print writes to standard output @throws SetupFailure */
export async function runSetup(
  options: RunOptions,
  terminal: Terminal,
  { say, print }: { say: (text: string) => void; print: (text: string) => void },
  env: Environment,
): Promise<SetupEnding> {
  checkCodeOptions(options);
  const isCode = options.terraform === true || options.deployCli !== undefined;
  const settings = await readSettings(options, terminal.ask);
  const token = await accessToken(settings.url, terminal, env, say);
  checkTokenScopes(token, { check: options.check || isCode, events: settings.events });
  const { signal } = new AbortController();
  const management = createManagement({ url: settings.url, token, signal, say });
  const context: Context = {
    management,
    settings,
    clientIds: knownClients(settings),
    keyOf: (role) => localKey(settings.folder, role),
  };
  if (isCode) {
    if (settings.newKeys) keepOutOfRepositories(settings.folder);
    await printAsCode(context, options, { say, print });
    return 'done';
  }
  // Where the account is only compared, such as in CI, there may be no files.
  const parts = partsOf(context, !options.check || existsSync(join(settings.folder, 'api.env')));

  const plans: PartPlan[] = [];
  for (const part of parts) plans.push(await part(context));
  const plan = joined(plans);
  const isNew = !existsSync(join(settings.folder, 'api.env'));
  const report = (outcome: Outcome) =>
    print(options.json ? planAsJson(plan, settings, outcome) : planInWords(plan, settings));

  if (options.check) {
    report('checked');
    return plan.changes.length > 0 || plan.findings.some(isDrift) ? 'drift' : 'done';
  }
  const other = plan.findings.find(isOtherApis);
  if (other) throw otherApiRefusal(other);
  if (plan.changes.length === 0) {
    report('applied');
    return 'done';
  }
  if (!options.json) report('planned');
  if (!options.yes && !(terminal.isInteractive && (await terminal.confirm('Do this?')))) {
    if (options.json) report('planned');
    say('Nothing was changed. --yes does it.');
    return 'declined';
  }
  keepOutOfRepositories(settings.folder);
  await apply(context, parts, ({ item, what }) => say(`done: ${item}: ${what}`));
  if (options.json) report('applied');
  else print(isNew ? nextSteps(settings) : laterSteps(plan));
  return 'done';
}

/** Of an earlier run. */
function knownClients({ folder }: Settings): Map<OwnClient, string> {
  const known = new Map<OwnClient, string>();
  const workers = readEnvironment(join(folder, 'workers.env')).own['AUTH0_CLIENT_ID'];
  const operator = readEnvironment(join(folder, 'operator.env')).own['OPERATOR_CLIENT_ID'];
  if (workers !== undefined) known.set('workers', workers);
  if (operator !== undefined) known.set('operator', operator);
  const ofConsole = readEnvironment(join(folder, 'api.env')).own['CONSOLE_CLIENT_ID'];
  if (ofConsole !== undefined) known.set('console', ofConsole);
  return known;
}

function keepOutOfRepositories(folder: string): void {
  const path = join(folder, '.gitignore');
  if (!existsSync(path)) writePrivate(path, '*\n');
}
