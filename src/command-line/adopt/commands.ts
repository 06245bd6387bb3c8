/** The commands `trivium adopt users` and `trivium adopt clients`: options in, exit code out. */
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { components } from '../generated-contract.ts';
import { addressOf } from '../api.ts';
import { exitCodes, Failure, type Ending } from '../exit-codes.ts';
import { plainText } from '../plain-text.ts';
import { adoptClients, clientInWords } from './adopt-clients.ts';
import { adoptUsers } from './adopt-users.ts';
import { operatorApi, type OperatorApi } from './operator-api.ts';
import { reportFormat, totalInWords } from './report.ts';

type UsersBody = components['schemas']['NewUserAdoption'];

interface CommonOptions {
  tenant: string;
  url?: string;
  allowHttp: boolean;
  folder: string;
  dryRun: boolean;
  json: boolean;
}

interface UsersOptions extends CommonOptions {
  query?: string;
  ids?: string;
  roles?: string[];
  replaceRoles: boolean;
  userEvents: boolean;
  maxUsers?: number;
  out?: string;
}

interface ClientsOptions extends CommonOptions {
  as: 'api-key' | 'web-app';
  scopes?: string[];
  addresses?: string[];
}

const print = (text: string) => void process.stdout.write(`${text}\n`);
const say = (text: string) => void process.stderr.write(`${text}\n`);

const TOKEN_HELP =
  "\nThe operator's token is taken from TRIVIUM_OPERATOR_TOKEN, or got as `trivium token` does.\nThe same command, run again, goes on where it stopped.";
const EXIT_HELP =
  '\nExit codes:\n    0  all were adopted, or were before\n    1  wrong arguments, no token, no such file\n    2  the server refused\n    3  some were refused; the report says which and why\n    5  the server could not be reached, or failed; the same command goes on\n   70  an internal error of this program\n  130  Ctrl-C; the work continues on the server';

const list = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const common = (command: Command): Command =>
  command
    .requiredOption('--tenant <id>', 'of which they become a part')
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
    say: (text: string) => say(plainLines(text)),
    onBegun,
  };
  const { ending: result, total } = await adoptUsers(api, wish);
  print(json ? JSON.stringify(total, null, 2) : totalInWords(total));
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

/** As many ids as the API takes in one adoption. */
const IDS_PER_BODY = 1_000;

function bodiesOf({ query, ids, roles, replaceRoles, userEvents, maxUsers }: UsersOptions): UsersBody[] {
  if ((query === undefined) === (ids === undefined))
    throw new Failure('usage', ['Which users? Give --query or --ids.']);
  if (maxUsers !== undefined && !(Number.isInteger(maxUsers) && maxUsers > 0))
    throw new Failure('usage', ['--max-users is a number above 0.']);
  const how = {
    ...(roles && { roles: roles as UsersBody['roles'] }),
    ...(replaceRoles && { replace_roles: true }),
    ...(userEvents && { user_events: true }),
    ...(maxUsers !== undefined && { max_users: maxUsers }),
  } as UsersBody;
  if (ids === undefined) return [{ ...how, query }];
  const all = [...new Set(linesOf(ids))];
  if (all.length === 0) throw new Failure('usage', [`${ids} has no user ids.`]);
  const parts = Array.from({ length: Math.ceil(all.length / IDS_PER_BODY) }, (_, part) =>
    all.slice(part * IDS_PER_BODY, (part + 1) * IDS_PER_BODY),
  );
  return parts.map((user_ids) => ({ ...how, user_ids }));
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
  } catch (error) {
    throw new Failure('usage', [plainText(`${path} cannot be read: ${String(error)}`)], { cause: error });
  }
}

async function ending(
  { url, allowHttp, folder }: CommonOptions,
  run: (api: OperatorApi, onBegun: (jobId: string) => void) => Promise<Ending>,
): Promise<void> {
  const interruption = new AbortController();
  let interrupted: Ending | undefined;
  let begun: string | undefined;
  const interrupt = (by: Ending) => () => {
    interrupted = by;
    interruption.abort();
  };
  process.once('SIGINT', interrupt('interrupted')).once('SIGTERM', interrupt('terminated'));
  const result = await (async () =>
    run(operatorApi(addressOf(url, allowHttp), folder, interruption.signal), (id) => (begun = id)))().catch(
    (error: unknown): Ending => {
      if (interrupted) {
        if (begun !== undefined) say(plainText(`Adoption ${begun} continues on the server.`));
        say('Interrupted. The same command follows it again.');
        return interrupted;
      }
      if (error instanceof Failure) {
        say(plainLines(error.message));
        return error.ending;
      }
      // A stack trace is of no use to the user.
      say(plainText(`A fault of this program: ${String(error)}`));
      return 'broken';
    },
  );
  process.stdout.write('', () => process.exit(exitCodes[result][0]));
}

const plainLines = (text: string): string => text.split('\n').map(plainText).join('\n');
