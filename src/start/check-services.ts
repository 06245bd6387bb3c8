/**
 * `npm run check-services -- FILE [--account]`: whether API and workers would start with this file of `SERVICES`; with
 * `--account`, and with the environment of the workers, whether the API at the authority has its scopes, too.
 */
import { readApiScopes } from '../../workers/read-api-scopes.ts';
import { configOrExit, readWorkerConfig } from '../config.ts';
import { loadContract } from '../contract/load-contract.ts';
import { loadGateway, type Gateway } from '../gateway/load-gateway.ts';
import { missingScopeSentence } from '../gateway/report-missing-scopes.ts';
import { ServicesFault } from '../gateway/declaration/services-fault.ts';

const USAGE = 'Usage: npm run check-services -- services.yaml [--account]';
const options = process.argv.slice(2).filter((word) => word.startsWith('-'));
const [file = process.env['SERVICES']] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
if (!file || options.some((option) => option !== '--account')) stop(USAGE);
const asksAccount = options.length > 0;
const gateway = gatewayOf(file);
describe(file, gateway);
if (asksAccount) await checkAccount(gateway);

function gatewayOf(name: string): Gateway {
  try {
    return loadGateway(name);
  } catch (error) {
    if (!(error instanceof ServicesFault)) throw error;
    return stop(error.message);
  }
}

function describe(name: string, { contract, operations, events }: Gateway): void {
  const own = loadContract();
  const added = (names: Iterable<string>, known: readonly string[]) =>
    [...names].filter((one) => !known.includes(one)).join(', ') || 'none';
  console.log(`${name} is right.`);
  for (const { id, method, path, security } of contract.operations.values())
    if (operations.has(id))
      console.log(`  ${method.toUpperCase()} ${path}  ${id}  for ${[...security.keys()].join(', ')}`);
  for (const [service, types] of events)
    console.log(
      `Events of ${service}: ${[...types.keys()].join(', ')}. Its \`secretFile\` is read by the API, at its start.`,
    );
  const hint = asksAccount ? '' : ' Your API at Auth0 needs them, too: `--account` asks whether it has them.';
  console.log(`Scopes: ${added(contract.scopes, own.scopes)}.${hint}`);
  console.log(`Roles: ${added(contract.roles.keys(), [...own.roles.keys()])}.`);
}

async function checkAccount(read: Gateway): Promise<void> {
  const there = await readApiScopes(configOrExit(readWorkerConfig)).catch((error: unknown) =>
    stop(error instanceof Error ? error.message : String(error)),
  );
  const missing = read.contract.scopes.filter((scope) => !there.has(scope));
  if (missing.length > 0) stop(missing.map((scope) => missingScopeSentence(read, scope)).join('\n'));
  console.log('The API at the authority has all scopes.');
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
