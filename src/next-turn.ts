import { setImmediate } from 'node:timers/promises';

/** Lets what else waits in this process have its turn: long work awaits it now and then, so that nobody's request waits for all of it. */
export const nextTurn = (): Promise<void> => setImmediate();
