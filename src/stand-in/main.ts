/** `npm run stand-in`: runs the stand-in as a program, configured by environment variables. */
import { readEnvironment } from './environment.ts';
import { createStandIn } from './stand-in.ts';

const read = readEnvironment(process.env);
if ('faults' in read) {
  for (const fault of read.faults) console.error(`stand-in: ${fault}`);
  process.exit(1);
}

try {
  const standIn = await createStandIn(read.options);
  const kept = read.options.storeFile ?? 'memory only';
  process.stdout.write(
    `Local stand-in for Auth0 at ${standIn.url} (port ${standIn.port}, this machine only; plan: ${standIn.plan.name}; state: ${kept}). ` +
      'For development and tests, never for production.\n',
  );
  if (standIn.controlUrl !== undefined)
    process.stdout.write(`Faults, clock and settings can be changed at ${standIn.controlUrl}\n`);
  process.send?.({ type: 'ready', url: standIn.url, controlUrl: standIn.controlUrl });

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void standIn.close().then(() => process.exit(0));
  };
  // The parent process has died.
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  console.error(`stand-in: ${(error as Error).message}`);
  process.exit(1);
}
