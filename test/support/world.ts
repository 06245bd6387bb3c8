/**
 * Everything, once for each process that runs tests: Redis, stand-in, two API processes, a worker, as processes of their own in a folder that goes
 * with the run. Started when the first test file asks for it.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import { startDeployment, type Deployment } from '../../src/start/deployment.ts';
import { makeCertificate, type Certificate } from '../outside-clients/certificate.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { giveSpasFreePorts } from './spa-ports.ts';

export interface World extends Deployment {
  /** Two API processes on one Redis: what one learns, the other must know. */
  apis: [string, string];
  /** Every process but the tests' own believes whoever shows it. */
  certificate: Certificate;
  /** Makes the authority fail, or its time go on. Whoever uses it puts things right again. */
  control: ControlClient;
}

/** Limits that nothing here comes near, but limits: they are counted as any others are. */
const NO_REQUEST_LIMITS = {
  REQUESTS_PER_MINUTE_PER_TENANT: '1000000',
  REQUESTS_PER_MINUTE_PER_PRINCIPAL: '1000000',
  ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: '1000000',
};

/** Tests change users at the authority themselves, which is nobody's business but that of tests of it. */
const NO_TENANT_LOG = { AUTH0_LOG_POLL_SECONDS: '0' };

/** Of API and workers, beside what `npm start` gives them. */
export const WORLD_SETTINGS = {
  // Tests make many.
  apiSettings: {
    ...NO_TENANT_LOG,
    API_KEYS_PER_TENANT: '1000',
    REGISTRATIONS_PER_ADDRESS: '100000',
    METADATA_DOCUMENTS_PER_ADDRESS: '1000',
    WEBHOOK_VERIFICATIONS_PER_HOUR: '100000',
    TENANT_ORGANIZATIONS: 'none,organization',
    // A call that takes long on a busy machine is answered all the same, not with 202.
    RELAY_WAIT_SECONDS: '30',
    ...NO_REQUEST_LIMITS,
  },
  // Else a failed webhook would be waited for.
  workerSettings: {
    ...NO_TENANT_LOG,
    TENANT_ORGANIZATIONS: 'none,organization',
    WEBHOOK_RETRY_SECONDS: '0.2,0.2,0.2,0.2,0.2',
    // A test that is held up for a while must not seem to be an endpoint that does not answer.
    WEBHOOK_TIMEOUT_SECONDS: '5',
    // Every endpoint of every test is on one host.
    WEBHOOK_REQUESTS_PER_SECOND_PER_HOST: '10000',
  },
};

let starting: Promise<World> | undefined;

/** In a `before` hook that asks for it, allow for `WORLD_MS`. */
export const WORLD_MS = 360_000;

export function world(): Promise<World> {
  starting ??= start();
  return starting;
}

/**
 * For tests that ruin what others share: from now on every helper speaks to this deployment.
 * @returns ends that
 */
export function moveInto(own: Omit<World, 'certificate'>): () => void {
  const shared = starting;
  starting = Promise.resolve({
    ...own,
    get certificate(): Certificate {
      throw new Error('a deployment of its own believes nobody');
    },
  });
  return () => {
    starting = shared;
  };
}

async function start(): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'trivium-test-'));
  // Processes started from here end with this one (`end-with-us.ts`).
  if (MOCHA_WORKER) process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const certificate = await makeCertificate();
  // Everything is logged, so that what must not be logged would be.
  Object.assign(process.env, {
    TRIVIUM_HOME: home,
    PORT: '0',
    AUTHORITY_PORT: '0',
    STAND_IN_CONTROL_PORT: '0',
    LOG_LEVEL: 'debug',
    // Of sites on this machine that speak https: metadata documents must, to clients that use them.
    NODE_EXTRA_CA_CERTS: certificate.file,
  });
  delete process.env['REDIS_URL'];
  await giveSpasFreePorts(home);
  const deployment = await startDeployment({
    plan: 'fast',
    latencyMs: '0',
    build: process.env['TEST_BUILD'],
    ...WORLD_SETTINGS,
  });
  // The second one listens on a port of its own, and is told the address of the first as the public one.
  const port = await anyFreePort();
  await deployment.startApi('api-2', { PORT: String(port) });
  const control = new ControlClient(deployment.parts.standIn.controlUrl!);
  return { ...deployment, certificate, apis: [deployment.api, `http://localhost:${port}`], control };
}

/** One of several processes of `mocha --parallel`: it runs file after file, each of them a run of its own to mocha. */
const MOCHA_WORKER = process.env['MOCHA_WORKER_ID'] !== undefined;

/** When the run is over. A worker keeps its world for the next file, until it ends itself. */
export async function endWorld(): Promise<void> {
  if (!starting || MOCHA_WORKER) return;
  const ended = await starting.catch(() => undefined);
  await ended?.stop();
  await ended?.certificate.remove();
  if (process.env['TRIVIUM_HOME']) await rm(process.env['TRIVIUM_HOME'], { recursive: true, force: true });
}
