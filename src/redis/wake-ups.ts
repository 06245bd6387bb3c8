/** Waking those who wait: one subscription per process, however many requests wait. What is stored, not the message, tells the end. */
import type { Redis } from 'ioredis';

export interface WakeUps {
  /** Resolves `true` when the channel names `id`, `false` after `ms` or when `signal` aborts. Start it before the work can end. */
  wait(id: string, ms: number, signal?: AbortSignal): Promise<boolean>;
  close(): void;
}

/** @param subscriber a connection of its own: a subscribed one takes no other commands */
export async function createWakeUps(subscriber: Redis, channel: string): Promise<WakeUps> {
  const waiting = new Map<string, Set<() => void>>();
  const onMessage = (from: string, id: string) => {
    if (from === channel) waiting.get(id)?.forEach((wake) => wake());
  };
  subscriber.on('message', onMessage);
  await subscriber.subscribe(channel);
  return {
    wait(id, ms, signal) {
      return new Promise((resolve) => {
        const done = (ended: boolean) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          wakes.delete(wake);
          if (wakes.size === 0 && waiting.get(id) === wakes) waiting.delete(id);
          resolve(ended);
        };
        const giveUp = () => done(false);
        const timer = setTimeout(giveUp, ms);
        signal?.addEventListener('abort', giveUp, { once: true });
        const wake = () => done(true);
        const wakes = waiting.get(id) ?? new Set();
        waiting.set(id, wakes.add(wake));
      });
    },
    close: () => void subscriber.off('message', onMessage),
  };
}
