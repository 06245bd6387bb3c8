/** A deployment of a benchmark's own: in a folder that goes with it, on free ports, with limits of requests that are on and far away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDeployment, type Deployment, type DeploymentSettings } from '../../src/start/deployment.ts';
import { BUILD } from './build.ts';

export interface BenchDeployment {
  home: string;
  deployment: Deployment;
  /** Stops what is left of it, and removes its folder. */
  end: () => Promise<void>;
}

/** @param own settings beside those that all benchmarks have */
export async function benchDeployment(
  plan: string,
  latencyMs: string,
  { services, apiSettings }: Pick<DeploymentSettings, 'services' | 'apiSettings'> = {},
): Promise<BenchDeployment> {
  const home = await mkdtemp(join(tmpdir(), 'trivium-bench-'));
  Object.assign(process.env, {
    TRIVIUM_HOME: home,
    PORT: '0',
    AUTHORITY_PORT: '0',
    STAND_IN_CONTROL_PORT: '0',
  });
  delete process.env['REDIS_URL'];
  const deployment = await startDeployment({
    plan,
    latencyMs,
    build: BUILD,
    services,
    apiSettings: {
      REQUESTS_PER_MINUTE_PER_TENANT: '1000000000',
      REQUESTS_PER_MINUTE_PER_PRINCIPAL: '1000000000',
      ...apiSettings,
    },
  });
  return {
    home,
    deployment,
    end: async () => {
      await deployment.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
