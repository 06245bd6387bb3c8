/**
 * The secrets by which services prove themselves when they record events. Only the API reads them: the files need not be
 * where workers and checks of the declaration run.
 */
import { readFileSync } from 'node:fs';
import { ConfigFault } from '../settings/config-fault.ts';
import { secretKey } from '../settings/secret-key.ts';
import type { DeclaredEvents } from './declaration/declared-events.ts';
import { ServicesFault } from './declaration/services-fault.ts';

/** Service → its secrets as they are sent: one, or two while it changes from one to the other. */
export type ServiceSecrets = ReadonlyMap<string, readonly string[]>;

const MOST = 2;

/** @throws ServicesFault, with no part of a secret in it */
export function readServiceSecrets(declared: readonly DeclaredEvents[]): ServiceSecrets {
  const faults: string[] = [];
  const secrets = new Map<string, readonly string[]>();
  /** Secret → the service that has it. */
  const taken = new Map<string, string>();
  for (const { service, secretFile, fault } of declared) {
    const wrong = (text: string) => faults.push(fault(`${secretFile} ${text}`));
    const own = linesOf(secretFile);
    if (own === undefined) wrong(`cannot be read; \`openssl rand -base64 32 > ${secretFile}\` makes it`);
    else if (own.length === 0 || own.length > MOST)
      wrong('must have one secret, or two on a line each while the service changes from one to the other');
    own?.forEach((secret, index) => {
      const weakness = weaknessOf(secret);
      if (weakness !== undefined) wrong(`has a secret (${index + 1} of ${own.length}) that ${weakness}`);
      const other = taken.get(secret) ?? service;
      if (other !== service) wrong(`has a secret that ${other} has, too`);
      taken.set(secret, service);
    });
    secrets.set(service, own ?? []);
  }
  if (faults.length > 0) throw new ServicesFault([...new Set(faults)]);
  return secrets;
}

function linesOf(file: string): string[] | undefined {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  } catch {
    return undefined;
  }
}

function weaknessOf(secret: string): string | undefined {
  try {
    secretKey(secret);
    return undefined;
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    return fault.message;
  }
}
