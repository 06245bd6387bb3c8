/**
 * Does what a plan says, one step at a time. Each part is read again before each of its steps, so that a run that was ended at any point is
 * continued by the next one, and what somebody else changed meanwhile is not overwritten.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Part } from './context.ts';
import { writeEnvironment } from './environment-file.ts';
import { makeEventsToken } from './events-token.ts';
import { SetupFailure } from './failure.ts';
import type { Change, Step, Wait } from './plan.ts';
import { makeSigningKey } from './signing-keys.ts';

const POLL_MS = 1_000;
const POLLS = 60;

/** @param onDone called after each step */
export async function apply(
  context: Context,
  parts: readonly Part[],
  onDone: (change: Change) => void,
): Promise<void> {
  for (const part of parts) {
    const done = new Set<string>();
    for (;;) {
      const { changes } = await part(context);
      const next = changes.find(({ step }) => step !== undefined);
      if (!next?.step) break;
      // It would go on for ever.
      const what = `${next.item}: ${next.what}`;
      if (done.has(what))
        throw new SetupFailure('refused', [`${what} was accepted by Auth0, and does not show.`]);
      done.add(what);
      await perform(context, next.step);
      onDone(next);
    }
  }
}

async function perform(context: Context, step: Step): Promise<void> {
  const { management, settings, clientIds } = context;
  if (step.kind === 'key') return makeSigningKey(settings.folder, step.role);
  if (step.kind === 'events-token') return makeEventsToken(settings.folder);
  if (step.kind === 'environment') return writeEnvironment(join(settings.folder, step.file), step.values);
  if (step.before) await waitFor(context, step.before);
  const answer = await management.write(step.method, step.path, step.body);
  if (step.createsClient) clientIds.set(step.createsClient, String(answer['client_id']));
  const after = step.after?.(answer);
  if (after) await waitFor(context, after);
}

async function waitFor({ management }: Context, { path, until, what }: Wait): Promise<void> {
  for (let polls = 0; polls < POLLS; polls += 1) {
    const answer = (await management.get(path)) ?? {};
    if (until(answer)) return;
    if (answer['status'] === 'failed') break;
    await delay(POLL_MS);
  }
  throw new SetupFailure('refused', [
    `Waiting for ${what} did not help: look at it in the dashboard (Actions, Library).`,
    '  Then run the same command again: it goes on where it stopped.',
  ]);
}
