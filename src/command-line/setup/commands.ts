/** The commands `trivium setup` and `trivium token`: options in, exit code out. */
import { Command } from 'commander';
import { plainText } from '../plain-text.ts';
import { setupExitCodes, setupExitCodesHelp, SetupFailure, type SetupEnding } from './failure.ts';
import { operatorToken } from './operator-token.ts';
import { runSetup, type RunOptions } from './run-setup.ts';
import { openTerminal } from './terminal.ts';
import { scopesNeeded } from './token-scopes.ts';

const FOLDER = 'trivium-account';

const print = (text: string) => void process.stdout.write(`${text}\n`);
const say = (text: string) => void process.stderr.write(`${text}\n`);

export const setupCommand = (): Command =>
  new Command('setup')
    .description('Makes an Auth0 account as Trivium needs it: shows a plan, and applies it after a yes.')
    .option('--domain <domain>', 'of the Auth0 account: example.eu.auth0.com')
    .option('--audience <url>', 'identifier of your API, which is also its public URL')
    .option('--folder <folder>', 'for private keys and environment files', FOLDER)
    .option('--services <file>', 'the file of SERVICES, whose scopes the API needs, too')
    .option('--shared-database <name>', 'the database connection that tenants share, to be checked')
    .option('--metadata-documents', 'allows apps to use client id metadata documents')
    .option(
      '--third-party-rate-limit <requests>',
      'limits requests of third-party clients to Auth0 (early access)',
    )
    .option('--check-by-workers', 'lets the workers read what their own scheduled comparison needs')
    .option('--events', 'has an event stream deliver changes of users to the API (Auth0 plans with Events)')
    .option('--console', 'makes the single-page application with which people sign in to the console')
    .option('--check', 'only compares: changes nothing, and ends with 1 if something differs', false)
    .option('--terraform', 'prints the same as resources of Terraform, and changes nothing')
    .option('--deploy-cli <folder>', 'writes the same as files of auth0-deploy-cli, and changes nothing')
    .option('--yes', 'applies the plan without a question', false)
    .option('--json', 'prints the plan as JSON', false)
    .option('--new-keys', 'makes another key for a client whose private key is elsewhere', false)
    .option('--replace-actions', 'replaces the code of Actions that have our names and other code', false)
    .option('--scopes', 'only prints the scopes that the access token needs', false)
    .addHelpText(
      'after',
      '\nThe access token is taken from AUTH0_ACCESS_TOKEN, obtained with AUTH0_SETUP_CLIENT_ID and\nAUTH0_SETUP_CLIENT_SECRET, that of `auth0 login`, or asked for. It is stored nowhere.\nThe same command, run again, goes on where it stopped.',
    )
    .addHelpText('after', setupExitCodesHelp())
    .exitOverride()
    .action((options: RunOptions & { scopes: boolean }) =>
      ending(async () => {
        if (!options.scopes) return runSetup(options, openTerminal(), { say, print }, process.env);
        print(scopesNeeded(options).join(' '));
        return 'done';
      }),
    );

export const tokenCommand = (): Command =>
  new Command('token')
    .description("Prints an operator's access token, for the operator that `trivium setup` has made.")
    // Not --env-file, which Node 20 takes for its own, even after the name of the program.
    .option('--folder <folder>', 'where operator.env is, as for trivium setup', FOLDER)
    .exitOverride()
    .action(({ folder }: { folder: string }) =>
      ending(async () => {
        print(await operatorToken(folder));
        return 'done';
      }),
    );

async function ending(run: () => Promise<SetupEnding>): Promise<void> {
  process.exitCode = setupExitCodes[await run().catch(explained)][0];
}

function explained(error: unknown): SetupEnding {
  if (error instanceof SetupFailure) {
    say(error.message);
    return error.ending;
  }
  // A stack trace is of no use to the user.
  say(plainText(`A fault of this program: ${String(error)}`));
  return 'broken';
}
