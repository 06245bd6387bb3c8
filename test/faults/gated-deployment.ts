/** A deployment of a test's own, whose worker reaches Redis through a gate: it, or Redis, can be killed at an exact point. */
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { openGate, type RedisGate } from './redis-gate.ts';

export type Victim = 'worker' | 'Redis';

export interface GatedDeployment {
  deployment: OwnDeployment;
  gate: RedisGate;
  /** `kill -9`; then another one is started, the gate is open, and the authority keeps nobody waiting any more. */
  kill: Record<Victim, () => Promise<void>>;
  end(): Promise<void>;
}

export async function gatedDeployment(): Promise<GatedDeployment> {
  const deployment = await ownDeployment();
  await deployment.parts.worker.stop();
  const gate = await openGate(deployment.redis);
  const startWorker = () =>
    // A dead one's work is taken up soon, so that there is time for many.
    deployment.startWorker('worker', { REDIS_URL: gate.url, WORKER_LOCK_SECONDS: '1' });
  let worker = await startWorker();
  return {
    deployment,
    gate,
    kill: {
      worker: async () => {
        await worker.stop('SIGKILL');
        gate.open();
        await deployment.control.clearFaults();
        worker = await startWorker();
      },
      Redis: async () => {
        await deployment.killRedis();
        gate.open();
        await deployment.restartRedis();
      },
    },
    end: async () => {
      await gate.close();
      await deployment.end();
    },
  };
}
