/** `trivium setup --terraform` and `--deploy-cli`: prints or writes the wanted account, and changes nothing of the account. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { SetupFailure } from '../failure.ts';
import type { ClientRole } from '../plan.ts';
import { refuseForeignFolder } from '../private-file.ts';
import { makeSigningKey } from '../signing-keys.ts';
import { deployCliFiles, MADE_BY, type Files } from './deploy-cli.ts';
import { readPresentAccount } from './present-account.ts';
import { terraform } from './terraform.ts';
import { wantedAccount } from './wanted-account.ts';

export interface CodeOptions {
  terraform?: boolean;
  /** Folder for the files. */
  deployCli?: string;
}

interface Output {
  say: (text: string) => void;
  print: (text: string) => void;
}

export async function printAsCode(
  context: Context,
  { terraform: isTerraform, deployCli }: CodeOptions,
  { say, print }: Output,
): Promise<void> {
  const { settings } = context;
  if (settings.newKeys) makeMissingKeys(context);
  const wanted = wantedAccount(context);
  const present = await readPresentAccount(context);
  if (isTerraform) print(terraform(wanted, present));
  if (deployCli === undefined) return;
  const folder = resolve(deployCli);
  const files = deployCliFiles(wanted, present, settings.url);
  refuseOthersFiles(folder, files);
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  say(`Written to ${folder}: auth0-deploy-cli import --input_file tenant.yaml --config_file config.json`);
}

/** Files of a team's own configuration have the same names. @throws SetupFailure */
function refuseOthersFiles(folder: string, files: Files): void {
  refuseForeignFolder(folder);
  const there = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  const tree = join(folder, 'tenant.yaml');
  if (there.length === 0 || (existsSync(tree) && readFileSync(tree, 'utf8').startsWith(MADE_BY))) return;
  throw new SetupFailure('usage', [
    `${folder} has files of yours: ${there.join(', ')}. They would be overwritten.`,
    '  Name another folder.',
  ]);
}

/** @throws SetupFailure for options that exclude each other */
export function checkCodeOptions(options: CodeOptions & { check: boolean; json: boolean }): void {
  const chosen = [options.terraform, options.deployCli !== undefined, options.check, options.json];
  if (chosen.filter(Boolean).length > 1 && (options.terraform || options.deployCli !== undefined))
    throw new SetupFailure('usage', [
      '--terraform and --deploy-cli each stand alone, without --check or --json.',
    ]);
}

function makeMissingKeys({ settings: { folder }, keyOf }: Context): void {
  const roles: ClientRole[] = ['workers', 'operator'];
  for (const role of roles) if (!existsSync(keyOf(role).path)) makeSigningKey(folder, role);
}
