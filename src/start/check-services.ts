/** `npm run check-services -- FILE`: whether API and workers would start with this file of `SERVICES`. */
import { loadContract } from '../contract/load-contract.ts';
import { loadGateway } from '../gateway/load-gateway.ts';
import { ServicesFault } from '../gateway/declaration/services-fault.ts';

const file = process.argv[2] ?? process.env['SERVICES'];
if (!file) stop('Usage: npm run check-services -- services.yaml');
try {
  const own = loadContract();
  const { contract, operations, events } = loadGateway(file);
  const added = (names: Iterable<string>, known: readonly string[]) =>
    [...names].filter((name) => !known.includes(name)).join(', ') || 'none';
  console.log(`${file} is right.`);
  for (const { id, method, path, security } of contract.operations.values())
    if (operations.has(id))
      console.log(`  ${method.toUpperCase()} ${path}  ${id}  for ${[...security.keys()].join(', ')}`);
  for (const [service, types] of events)
    console.log(
      `Events of ${service}: ${[...types.keys()].join(', ')}. Its \`secretFile\` is read by the API, at its start.`,
    );
  console.log(`Scopes: ${added(contract.scopes, own.scopes)}. Your API at Auth0 needs them, too.`);
  console.log(`Roles: ${added(contract.roles.keys(), [...own.roles.keys()])}.`);
} catch (error) {
  if (!(error instanceof ServicesFault)) throw error;
  stop(error.message);
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
