/** What a proxy adds to the time that callers wait, while it has half of the work that it can do. */
import { p99AtHalfLoad } from '../half-load.ts';
import type { Load } from '../load.ts';
import { median, type Measure, type Options } from '../measure.ts';

const TARGET = 2;

type Asked = Pick<Load, 'url' | 'headers'>;

/** @param servers `direct`: the service itself, which is asked as often as the bare proxy */
export async function addedWait(
  {
    gateway,
    bare,
    direct,
  }: { gateway: Asked & { perSecond: number }; bare: Asked & { perSecond: number }; direct: Asked },
  options: Options,
): Promise<Measure> {
  const waits = await p99AtHalfLoad(
    { gateway, bare, direct: { ...direct, perSecond: bare.perSecond } },
    options,
  );
  const without = median(waits.direct);
  const added = median(waits.bare) - without;
  const runs = waits.gateway.map((wait) => (wait - without) / added);
  return {
    name: 'added_p99_at_half_load_vs_bare_proxy',
    value: median(runs),
    unit: '×',
    target: TARGET,
    bound: 'at most',
    baseline: `what the bare proxy adds: ${added.toFixed(2)} ms, to ${without.toFixed(2)} ms`,
    runs,
  };
}
