/** `SERVICES` of `npm start`: services of your own behind the local deployment. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { ServicesFault } from '../gateway/declaration/services-fault.ts';
import { loadGateway } from '../gateway/load-gateway.ts';

/** @returns the file; undefined: there is none. Exits with 1 when something is wrong with it */
export function ownServicesOrExit(hasExample: boolean): string | undefined {
  const given = process.env['SERVICES'];
  if (!given) return undefined;
  if (hasExample) return exit('SERVICES is set, and --example has a file of its own: leave one of them out.');
  const file = resolve(given);
  try {
    const { scopes } = loadGateway(file).contract;
    process.env['TRIVIUM_HOME'] ||= `.trivium/services-${digest([...scopes].sort().join(' '))}`;
    return file;
  } catch (error) {
    if (error instanceof ServicesFault) return exit(error.message);
    throw error;
  }
}

/** The demo tenants' keys and the stand-in keep the scopes that they were made with, so other scopes have another folder. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function exit(message: string): never {
  console.error(message);
  return process.exit(1);
}
