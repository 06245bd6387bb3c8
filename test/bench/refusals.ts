import type { ControlClient } from '../../src/stand-in/control/control-client.ts';

/** Calls that the authority refused because of a rate bucket, by its own count. */
export async function refusals(control: ControlClient): Promise<number> {
  const calls = await control.calls();
  return Object.values(calls).reduce((sum, statuses) => sum + (statuses['429'] ?? 0), 0);
}
