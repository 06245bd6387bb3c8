/**
 * What a way to the authority adds to a read while nothing else is going on: the whole way of a caller's request beside one that goes
 * straight there, one after the other, with one and the same latency.
 */
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import { managementToken } from './management-token.ts';
import { median } from './measure.ts';

const LATENCY_MS = 100;
const PROBES = 60;
/** Until what they run is compiled: idle is a moment of a process that has worked, not its start. */
const WARM_UP = 2_000;
const WARM_UP_AT_ONCE = 4;

export interface Added {
  /** Medians, ms: of what is added, and of the authority's own answer. */
  added: number;
  own: number;
}

/** @param read asks for a user by id, the way that is measured */
export async function addedWhenIdle(
  deployment: Deployment,
  control: ControlClient,
  read: (userId: string) => Promise<Response>,
): Promise<Added> {
  await control.change({ latencyMs: LATENCY_MS });
  const ids = deployment.tenants[0]!.users.map(({ user_id }) => encodeURIComponent(user_id));
  const headers = { authorization: `Bearer ${await managementToken(deployment)}` };
  const address = new URL(`api/v2/users/${ids[0]}`, deployment.authority);
  const goStraight = () => timed(() => fetch(address, { headers }));
  const goThrough = (id = ids[0]!) => timed(() => read(id));
  // Those that ask for the same at the same time would share one call.
  const others = ids.slice(0, WARM_UP_AT_ONCE);
  for (let i = 0; i < WARM_UP; i += others.length) await Promise.all(others.map((id) => goThrough(id)));
  const through: number[] = [];
  const straight: number[] = [];
  for (let i = 0; i < PROBES; i += 1) {
    through.push(await goThrough());
    straight.push(await goStraight());
  }
  return { added: median(through) - median(straight), own: median(straight) };
}

async function timed(ask: () => Promise<Response>): Promise<number> {
  const started = performance.now();
  const answer = await ask();
  if (answer.status !== 200) throw new Error(`${answer.url}: ${answer.status}`);
  await answer.text();
  return performance.now() - started;
}
