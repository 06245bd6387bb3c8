import { existsSync, readFileSync } from 'node:fs';
import { LATENCY_FORMS, parseLatency } from './latency.ts';
import { PLAN_FORMS, parsePlan } from './limits/plans.ts';
import { readSeed } from './seed.ts';
import type { StandInOptions } from './stand-in.ts';

const PORT_DEFAULT = 4001;
const MILLISECONDS = [
  ['STAND_IN_SEARCH_DELAY_MS', 'searchDelayMs'],
  ['STAND_IN_ROTATION_OVERLAP_MS', 'rotationOverlapMs'],
  ['STAND_IN_ROTATION_DELAY_MS', 'rotationDelayMs'],
] as const;

/** @returns options, or all faults of the environment, one line each */
export function readEnvironment(
  environment: NodeJS.ProcessEnv,
): { options: StandInOptions } | { faults: string[] } {
  const faults: string[] = [];
  const options: StandInOptions = {};
  const read = (name: string, use: (text: string) => string | undefined): void => {
    const text = environment[name]?.trim();
    const fault = text ? use(text) : undefined;
    if (fault !== undefined) faults.push(`${name} ${fault}`);
  };

  if (environment['NODE_ENV'] !== 'development')
    faults.push(
      'NODE_ENV must be development: the stand-in accepts anybody who can reach it and is not for production',
    );
  options.port = PORT_DEFAULT;
  read('AUTHORITY_PORT', (text) => {
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) return 'must be a port, 0 to 65535';
    options.port = Number(text);
    return undefined;
  });
  read('AUTHORITY_URL', (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash || url.pathname !== '/')
      return 'must be a URL without a path, such as http://localhost:4001/';
    options.issuer = url.href;
    // If only the URL is set, it determines the port, too.
    if (environment['AUTHORITY_PORT'] === undefined && url.port !== '') options.port = Number(url.port);
    return undefined;
  });
  read('STAND_IN_PLAN', (text) => {
    options.plan = text;
    return parsePlan(text) ? undefined : `must be one of ${PLAN_FORMS}`;
  });
  read('STAND_IN_LATENCY_MS', (text) => {
    const latency = parseLatency(text);
    if (!latency) return `must be ${LATENCY_FORMS}`;
    options.latency = latency;
    return undefined;
  });
  read('STAND_IN_STORE', (text) => {
    options.storeFile = text;
    return undefined;
  });
  read('STAND_IN_SEED', (text) => {
    if (!existsSync(text)) return `names a file that does not exist: ${text}`;
    try {
      options.seed = readSeed(text);
      return undefined;
    } catch (error) {
      return `names a file that is no seed: ${(error as Error).message}`;
    }
  });
  read('STAND_IN_CONTROL_PORT', (text) => {
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) return 'must be a port, 0 to 65535';
    options.controlPort = Number(text);
    return undefined;
  });
  read('STAND_IN_LOOPBACK_DOCUMENTS', (text) => {
    options.loopbackDocuments = text === 'true';
    return ['true', 'false'].includes(text) ? undefined : 'must be true or false';
  });
  read('STAND_IN_LOGIN_DATABASES', (text) => {
    if (text !== 'all' && text !== 'one') return 'must be all or one';
    options.loginDatabases = text;
    return undefined;
  });
  for (const [name, option] of MILLISECONDS)
    read(name, (text) => {
      if (!/^\d{1,9}$/.test(text)) return 'must be milliseconds';
      options[option] = Number(text);
      return undefined;
    });
  const pem = (name: string): string | undefined => {
    let content: string | undefined;
    read(name, (text) => {
      if (!existsSync(text)) return `names a file that does not exist: ${text}`;
      content = readFileSync(text, 'utf8');
      return undefined;
    });
    return content;
  };
  const [key, cert] = [pem('STAND_IN_TLS_KEY'), pem('STAND_IN_TLS_CERT')];
  if (key !== undefined && cert !== undefined) options.tls = { key, cert };
  else if (key !== undefined || cert !== undefined)
    faults.push('STAND_IN_TLS_KEY and STAND_IN_TLS_CERT go together: both, or neither for http');
  return faults.length > 0 ? { faults } : { options };
}
