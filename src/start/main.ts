/** `npm start`: everything on this machine, with nothing to set up. */
import { startDeployment } from './deployment.ts';
import type { Deployment } from './deployment.ts';
import { writeDevJson } from './dev-json.ts';
import { nextSteps } from './next-steps.ts';

if (process.env['AUTH0_DOMAIN']) {
  console.error(
    'AUTH0_DOMAIN is set: `npm start` runs the local stand-in only. With an Auth0 account, start the parts: `npm run api` and `npm run worker` (README, "With your own Auth0 account").',
  );
  process.exit(1);
}

let deployment: Deployment | undefined;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

try {
  deployment = await startDeployment({
    plan: process.env['STAND_IN_PLAN'] || 'fast',
    latencyMs: process.env['STAND_IN_LATENCY_MS'] || '0',
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
if (stopping) await stop(0);
writeDevJson(deployment);
console.log(nextSteps(deployment));
void deployment.broken.then((part) => {
  if (stopping) return;
  console.error(`${part} ended; its log is ${deployment.home}/logs/${part}.log. Stopping the rest.`);
  void stop(1);
});

async function stop(code: number): Promise<void> {
  // While the parts are still starting, they are stopped as soon as they have started.
  const again = stopping;
  stopping = true;
  if (!deployment || again) return;
  await deployment.stop();
  process.exit(code);
}
