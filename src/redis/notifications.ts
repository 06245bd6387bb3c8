/** Notifies waiters by pub/sub: one subscription per process, however many requests wait. */
import type { Redis } from 'ioredis';

export interface Notifications {
  /**
   * Resolves with the payload ('' when there is none) when a message for `id` arrives; with undefined after `ms` or
   * when `signal` aborts. Call it before the work can end.
   */
  wait(id: string, ms: number, signal?: AbortSignal): Promise<string | undefined>;
  close(): void;
}

/**
 * Resolves when subscribed. @param subscriber a connection of its own: a subscribed one accepts no other commands
 * @returns unsubscribes
 */
export async function listen(
  subscriber: Redis,
  channel: string,
  onMessage: (message: string) => void,
): Promise<() => void> {
  const onAny = (from: string, message: string) => {
    if (from === channel) onMessage(message);
  };
  subscriber.on('message', onAny);
  await subscriber.subscribe(channel);
  return () => void subscriber.off('message', onAny);
}

/** A message is an id, optionally followed by a space and a payload. */
const SPACE = ' ';

/** @param subscriber as for `listen` */
export async function createNotifications(subscriber: Redis, channel: string): Promise<Notifications> {
  const waiting = new Map<string, Set<(said: string) => void>>();
  const stop = await listen(subscriber, channel, (message) => {
    const end = message.indexOf(SPACE);
    const id = end === -1 ? message : message.slice(0, end);
    waiting.get(id)?.forEach((wake) => wake(end === -1 ? '' : message.slice(end + 1)));
  });
  return {
    wait(id, ms, signal) {
      return new Promise((resolve) => {
        const done = (said: string | undefined) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          wakes.delete(done);
          if (wakes.size === 0 && waiting.get(id) === wakes) waiting.delete(id);
          resolve(said);
        };
        const giveUp = () => done(undefined);
        const timer = setTimeout(giveUp, ms);
        signal?.addEventListener('abort', giveUp, { once: true });
        const wakes = waiting.get(id) ?? new Set();
        waiting.set(id, wakes.add(done));
      });
    },
    close: stop,
  };
}
