/** `npm start`: runs everything on this machine, without any setup. */
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.ts';
import { startDeployment } from './deployment.ts';
import { writeDevJson } from './dev-json.ts';
import { startDoctor, type RunningDoctor } from './doctor.ts';
import { exampleOrExit, startExample } from './examples.ts';
import { nextSteps } from './next-steps.ts';
import { ownServicesOrExit } from './own-services.ts';

if (process.env['AUTH0_DOMAIN']) {
  console.error(
    'AUTH0_DOMAIN is set: `npm start` runs the local stand-in only. With an Auth0 account, start the parts: `npm run build`, then `npm run api` and `npm run worker` (docs/auth0-account.md).',
  );
  process.exit(1);
}

/** One Ctrl-C may arrive twice: from the terminal, and forwarded by npm. */
const SAME_KEYPRESS_MS = 500;
const BROKEN_STOP_MS = 5_000;

const example = exampleOrExit();
const ownServices = ownServicesOrExit(example !== undefined);
// Its scopes and roles are in what the parts keep, so it has a folder of its own.
if (example) process.env['TRIVIUM_HOME'] ||= `.trivium/example-${example.name}`;
await buildConsole(fileURLToPath(new URL('../console/dist', import.meta.url)));
const starting = startDeployment({
  services: example?.services ?? ownServices,
  plan: process.env['STAND_IN_PLAN'] || 'fast',
  latencyMs: process.env['STAND_IN_LATENCY_MS'] || '0',
  tenancy: 'each',
});
let stoppingSince: number | undefined;
let doctor: RunningDoctor | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  const deployment = await starting;
  if (stoppingSince === undefined) {
    const service = example && (await startExample(example, deployment));
    writeDevJson(deployment);
    console.log(nextSteps(deployment, { example, ownServices }));
    // Beside what people do by now: the start does not wait for it.
    doctor = startDoctor(deployment);
    void doctor.said.then((text) => text !== '' && console.log(text));
    const part = await Promise.race([deployment.broken, ...(service ? [service.ended] : [])]);
    console.error(`${part} ended; its log is ${deployment.home}/logs/${part}.log. Stopping the rest.`);
    // Without that part the others may be unable to finish.
    setTimeout(() => process.exit(1), BROKEN_STOP_MS);
    await stop(1);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** Stops in order; if parts are still starting, once they have started. A second request stops immediately. */
async function stop(code: number): Promise<void> {
  if (stoppingSince !== undefined) {
    if (Date.now() - stoppingSince > SAME_KEYPRESS_MS) process.exit(130);
    return;
  }
  stoppingSince = Date.now();
  const deployment = await starting.catch(() => undefined);
  await doctor?.stop();
  await deployment?.stop();
  process.exit(code);
}
