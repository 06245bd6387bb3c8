/** Checks the caller of an exchange again for as long as it lasts. */
import type { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import type { Watch } from '../streams/watch.ts';

/**
 * Most exchanges are over sooner, and are not worth a place in the watch. Together with the interval of the watch, a
 * revocation takes effect within a second.
 */
const WATCHED_AFTER_MS = 250;

export class CallerWatch {
  readonly #ctx: Context;
  readonly #watch: Watch;
  readonly #refuse: (problem: Problem) => void;
  readonly #timer: NodeJS.Timeout | undefined;
  #stopWatching: (() => void) | undefined;

  /** @param refuse called once, when the caller may not call any more */
  constructor(ctx: Context, watch: Watch, refuse: (problem: Problem) => void) {
    this.#ctx = ctx;
    this.#watch = watch;
    this.#refuse = refuse;
    if (ctx.state.admission) this.#timer = setTimeout(begin, WATCHED_AFTER_MS, this);
  }

  /** At once, for an exchange that is going to last. */
  begin(): void {
    clearTimeout(this.#timer);
    const { standing } = this.#ctx.state;
    if (standing) this.#stopWatching ??= this.#watch.add(standing, this.#refuse);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#stopWatching?.();
  }
}

const begin = (watch: CallerWatch) => watch.begin();
