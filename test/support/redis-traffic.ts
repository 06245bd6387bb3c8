/** What a Redis is asked, by `MONITOR`: whether everything that must be executed together is in one slot of a cluster. */
import { exists, getKeyIndexes } from '@ioredis/commands';
import { Command, type Redis } from 'ioredis';

export interface Traffic {
  /** Scripts, transactions and commands whose keys are in several slots: each kind once, with its keys. */
  spanning(): string[];
  /** Number of commands that were seen. */
  count(): number;
  stop(): void;
}

interface Unit {
  name: string;
  keys: Set<string>;
}

export class SlotWatch {
  readonly #found = new Map<string, string>();
  /** Transactions that are being sent, by client. */
  readonly #open = new Map<string, Unit>();
  #script: Unit | undefined;

  /** @param source client, or `lua` for the commands of the script that was called last */
  see(args: readonly string[], source: string): void {
    const name = (args[0] ?? '').toLowerCase();
    const keys = keysOf(name, args.slice(1));
    if (source === 'lua') return this.#add(this.#script, keys);
    const transaction = this.#open.get(source);
    if (name === 'multi') this.#open.set(source, { name: 'transaction', keys: new Set() });
    else if (name === 'exec' || name === 'discard') this.#open.delete(source);
    this.#script = { name, keys: new Set() };
    this.#add(this.#script, keys);
    this.#add(transaction, keys);
  }

  spanning(): string[] {
    return [...this.#found.values()];
  }

  #add(unit: Unit | undefined, keys: readonly string[]): void {
    if (!unit) return;
    for (const key of keys) unit.keys.add(key);
    const slots = new Set([...unit.keys].map((key) => slotOf(key)));
    if (slots.size < 2) return;
    const tags = [...unit.keys].map((key) => key.replaceAll(/[0-9a-f-]{20,}/g, '…'));
    this.#found.set(`${unit.name} ${tags.join()}`, `${unit.name}: ${[...new Set(tags)].join(' ')}`);
  }
}

function keysOf(name: string, args: readonly string[]): string[] {
  if (name === 'publish' || !exists(name)) return [];
  return getKeyIndexes(name, [...args]).flatMap((index) => args[index] ?? []);
}

/** As ioredis computes it. */
export const slotOf = (key: string): number => new Command('get', [key]).getSlot();

export async function watchTraffic(redis: Redis): Promise<Traffic> {
  const monitor = await redis.monitor();
  const watch = new SlotWatch();
  let count = 0;
  monitor.on('monitor', (_time: string, args: string[], source: string) => {
    count += 1;
    watch.see(args, source);
  });
  return { spanning: () => watch.spanning(), count: () => count, stop: () => monitor.disconnect() };
}
