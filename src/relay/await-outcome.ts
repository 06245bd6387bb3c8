/** Waking those who wait: one subscription per process, however many requests wait. The record, not the message, tells the end. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';

export interface Endings {
  /** Resolves `true` when the job ended, `false` after `ms` or when `signal` aborts. Start it before the job is queued. */
  wait(id: string, ms: number, signal: AbortSignal): Promise<boolean>;
  close(): void;
}

/** @param subscriber a connection of its own: a subscribed one takes no other commands */
export async function createEndings(subscriber: Redis): Promise<Endings> {
  const waiting = new Map<string, () => void>();
  const onMessage = (_channel: string, id: string) => waiting.get(id)?.();
  subscriber.on('message', onMessage);
  await subscriber.subscribe(keys.relayEnded);
  return {
    wait(id, ms, signal) {
      return new Promise((resolve) => {
        const done = (ended: boolean) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
          waiting.delete(id);
          resolve(ended);
        };
        const giveUp = () => done(false);
        const timer = setTimeout(giveUp, ms);
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.set(id, () => done(true));
      });
    },
    close: () => void subscriber.off('message', onMessage),
  };
}
