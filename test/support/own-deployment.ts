/** A deployment of a test's own, for tests that kill what others share. Its settings do not touch those of the world. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import { startDeployment, type Deployment, type DeploymentSettings } from '../../src/start/deployment.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { giveSpasFreePorts } from './spa-ports.ts';
import { startRedis, type StartedRedis } from '../../src/start/start-redis.ts';

export interface OwnDeployment extends Deployment {
  control: ControlClient;
  /** `kill -9`, at once. */
  killRedis(): Promise<void>;
  /** Starts it anew, in the same folder, on the same port. */
  restartRedis(): Promise<void>;
  end(): Promise<void>;
}

/** With two API processes, as the world has them: what `moveInto` takes. */
export async function ownWorld(
  settings: Partial<DeploymentSettings> = {},
  REDIS_URL?: string,
): Promise<OwnDeployment & { apis: [string, string] }> {
  const own = await ownDeployment(settings, REDIS_URL);
  const port = await anyFreePort();
  await own.startApi('api-2', { PORT: String(port) });
  return { ...own, apis: [own.api, `http://localhost:${port}`] };
}

/** @param REDIS_URL a Redis that is there already; left out: one of its own */
export async function ownDeployment(
  settings: Partial<DeploymentSettings> = {},
  REDIS_URL?: string,
): Promise<OwnDeployment> {
  const home = await mkdtemp(join(tmpdir(), 'trivium-own-'));
  const mine: Record<string, string> = {
    TRIVIUM_HOME: home,
    PORT: '0',
    AUTHORITY_PORT: '0',
    STAND_IN_CONTROL_PORT: '0',
    LOG_LEVEL: 'debug',
    REDIS_URL: REDIS_URL ?? '',
  };
  const before = Object.fromEntries(Object.keys(mine).map((name) => [name, process.env[name]]));
  Object.assign(process.env, mine);
  let deployment: Deployment;
  try {
    await giveSpasFreePorts(home, settings.tenancy);
    deployment = await startDeployment({
      plan: 'fast',
      latencyMs: '0',
      build: process.env['TEST_BUILD'],
      ...settings,
    });
  } finally {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
  let redis: StartedRedis = deployment.parts.redis;
  const port = REDIS_URL === undefined ? Number(new URL(deployment.redis).port) : NaN;
  return {
    ...deployment,
    control: new ControlClient(deployment.parts.standIn.controlUrl!),
    killRedis: async () => {
      process.kill(redis.pid!, 'SIGKILL');
      await redis.ended;
    },
    restartRedis: async () => {
      redis = await startRedis({ folder: join(home, 'redis'), port });
    },
    end: async () => {
      await deployment.stop();
      await redis.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
