/** The commands `trivium adopt users` and `trivium adopt clients`: options in, exit code out. */
import { Command, Option } from 'commander';
import type { Ending } from '../exit-codes.ts';
import { plainText } from '../plain-text.ts';
import { adoptClients, clientInWords } from './adopt-clients.ts';
import { adoptUsers } from './adopt-users.ts';
import { ending, say, type Target } from './ending.ts';
import type { OperatorApi } from './operator-api.ts';
import { reportFormat } from './report.ts';
import { totalInWords } from './total.ts';
import { bodiesOf, type WhichUsers } from './users-bodies.ts';

interface CommonOptions extends Target {
  tenant: string;
  dryRun: boolean;
  json: boolean;
}

interface UsersOptions extends CommonOptions, WhichUsers {
  out?: string;
}

interface ClientsOptions extends CommonOptions {
  as: 'api-key' | 'web-app';
  scopes?: string[];
  addresses?: string[];
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

const TOKEN_HELP =
  "\nThe operator's token is taken from TRIVIUM_OPERATOR_TOKEN, or got as `trivium token` does.\nThe same command, run again, goes on where it stopped.";
const EXIT_HELP =
  '\nExit codes:\n    0  all were adopted, or were before\n    1  wrong arguments, no token, no such file\n    2  the server refused\n    3  some were refused; the report says which and why\n    5  the server could not be reached, or failed; the same command goes on\n   70  an internal error of this program\n  130  Ctrl-C; the work continues on the server';

const list = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const common = (command: Command): Command =>
  command
    .requiredOption('--tenant <id>', 'the tenant that they become users or clients of (required)')
    .addOption(new Option('--url <url>', 'address of the API').env('TRIVIUM_URL'))
    .option('--folder <folder>', 'where operator.env is, as for trivium setup', 'trivium-account')
    .option('--dry-run', 'changes nothing, and says what would be done', false)
    .option('--json', 'prints the result as JSON', false)
    .option('--allow-http', 'sends the token unencrypted', false)
    .addHelpText('after', TOKEN_HELP)
    .addHelpText('after', EXIT_HELP)
    .exitOverride();

export const adoptCommand = (): Command =>
  new Command('adopt')
    .description("Makes users and clients that exist at Auth0 a tenant's.")
    .addCommand(usersCommand())
    .addCommand(clientsCommand())
    .exitOverride();

const usersCommand = (): Command =>
  common(
    new Command('users')
      .description("Makes existing users a tenant's; nothing else of them changes.")
      .option('--query <lucene>', "Auth0's user search query syntax")
      .option('--ids <file>', 'instead: a file with a user id a line')
      .option('--roles <roles>', 'roles that they get, separated by commas; none when left out', list)
      .option(
        '--replace-roles',
        'also those with app_metadata.roles from elsewhere, which are replaced',
        false,
      )
      .option('--user-events', "records an event for each, in the tenant's audit log and webhooks", false)
      .option('--max-users <number>', 'ends with this number of users, for instance for a trial', Number)
      .option('--out <file>', 'file for the outcome of each user, .csv or .json'),
  ).action((options: UsersOptions) => ending(options, (api, onBegun) => runUsers(api, options, onBegun)));

const clientsCommand = (): Command =>
  common(
    new Command('clients')
      .description("Makes existing clients a tenant's API keys or web apps; their secrets are never seen.")
      .argument('<client id...>', 'clients at Auth0')
      .addOption(
        new Option('--as <kind>', 'what they become').choices(['api-key', 'web-app']).makeOptionMandatory(),
      )
      .option('--scopes <scopes>', 'exactly those of each key; those of its grant when left out', list)
      .option('--addresses <ranges>', 'addresses and CIDR ranges that each key may be used from', list),
  ).action((clientIds: string[], options: ClientsOptions) =>
    ending(options, (api) => runClients(api, clientIds, options)),
  );

async function runUsers(
  api: OperatorApi,
  options: UsersOptions,
  onBegun: (jobId: string) => void,
): Promise<Ending> {
  const { tenant, dryRun, json, out } = options;
  if (out !== undefined) reportFormat(out);
  const wish = {
    tenant,
    dryRun,
    out,
    bodies: bodiesOf(options),
    say,
    onBegun,
  };
  const { ending: result, total } = await adoptUsers(api, wish);
  print(json ? JSON.stringify(total, null, 2) : totalInWords(total));
  if (options.roles && total.already > 0)
    say(`Who was a user of ${tenant} already keeps the roles that they have (PUT /v1/users/{id}/roles).`);
  if (out !== undefined) say(`The outcome of each user is in ${plainText(out)}.`);
  return result;
}

async function runClients(
  api: OperatorApi,
  clientIds: readonly string[],
  { tenant, as, scopes, addresses, dryRun, json }: ClientsOptions,
): Promise<Ending> {
  const how = {
    as: as === 'api-key' ? ('api_key' as const) : ('web_app' as const),
    ...(scopes && { scopes }),
    ...(addresses && { allowed_addresses: addresses }),
  };
  const { ending: result, reports } = await adoptClients(api, { tenant, clientIds, how, dryRun, say });
  if (json) print(JSON.stringify(reports, null, 2));
  else for (const report of reports) print(clientInWords(report));
  return result;
}
