import type { LogBook } from '../../log-book.ts';
import type { Settings } from '../../settings.ts';
import type { ImportError, Job } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { importUser } from './import-user.ts';

/** Auth0 docs, "Bulk user imports": jobs that take longer fail. */
const TIMEOUT_MS = 2 * 3_600_000;
const TICK_MS = 25;
/** Longest interval to catch up on, for example after the machine slept. */
const CATCH_UP_MS = 1_000;

interface Running {
  store: Store;
  logs: LogBook;
  settings: Settings;
  now: () => number;
}

type Work = NonNullable<Job['import']>;

/** Processes users-imports jobs, a few users at a time. Progress is stored together with the users, so that a restart continues there. */
export class ImportRunner {
  readonly #running: Running;
  #timer: NodeJS.Timeout | undefined;
  /** Accumulated fraction of a user: rates can be below one user per tick. */
  #due = 0;
  /** Time up to which users were counted as due, ms: timers fire late, especially under load. */
  #dueAt = 0;

  constructor(running: Running) {
    this.#running = running;
    this.#schedule();
  }

  active(): Job[] {
    return [...this.#running.store.jobs.by('status', 'pending')].filter(
      ({ type }) => type === 'users_import',
    );
  }

  start(job: Job, file: string, upsert: boolean): void {
    const users = readFile(file);
    // Users that became due before this job was added do not count for it.
    if (this.#timer !== undefined) this.#work();
    this.#running.store.jobs.put(
      users
        ? { ...job, import: { users, next: 0, upsert }, errors: [] }
        : // Auth0 docs: a file that cannot be read fails the job. The wording is guessed.
          {
            ...job,
            status: 'failed',
            status_details: 'Failed to parse users file JSON when importing users.',
          },
    );
    this.#due = Math.max(1, this.#due);
    this.#schedule();
  }

  /** Fails jobs that exceed the timeout. */
  expire(): void {
    const { store, now } = this.#running;
    for (const { import: _work, ...job } of this.active())
      if (now() - Date.parse(job.created_at) >= TIMEOUT_MS)
        store.jobs.put({ ...job, status: 'failed', status_details: 'The job timed out.' });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    if (this.active().length === 0) {
      this.#dueAt = 0;
      return;
    }
    if (this.#dueAt === 0) this.#dueAt = performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#work();
      this.#schedule();
    }, TICK_MS);
  }

  #work(): void {
    this.expire();
    const { settings } = this.#running;
    const now = performance.now();
    this.#due += (settings.importUsersPerSecond * Math.min(CATCH_UP_MS, now - this.#dueAt)) / 1000;
    this.#dueAt = now;
    const count = Math.floor(this.#due);
    this.#due -= count;
    for (const job of this.active()) {
      if (count > 0 && settings.importUsersPerSecond > 0) this.#advance(job, count);
    }
  }

  #advance(job: Job, count: number): void {
    const { store, now } = this.#running;
    const work = job.import!;
    const errors = job.errors ?? [];
    const summary = job.summary ?? { failed: 0, updated: 0, inserted: 0, total: 0 };
    const until = Math.min(work.users.length, work.next + count);
    for (let index = work.next; index < until; index += 1) {
      const outcome = importUser(store, job, work, index, new Date(now()));
      summary.total += 1;
      if (typeof outcome === 'string') summary[outcome] += 1;
      else {
        summary.failed += 1;
        errors.push(outcome);
      }
    }
    store.jobs.put(advanced(job, { ...work, next: until }, errors, summary));
  }
}

function advanced(
  { import: _work, ...job }: Job,
  work: Work,
  errors: ImportError[],
  summary: NonNullable<Job['summary']>,
): Job {
  const isDone = work.next === work.users.length;
  return {
    ...job,
    errors,
    summary,
    // Completed, even if every single user failed (Auth0 docs, "Bulk user imports").
    ...(isDone ? { status: 'completed' } : { import: work }),
  };
}

/** @returns undefined when it is not a list */
function readFile(text: string): unknown[] | undefined {
  try {
    const users: unknown = JSON.parse(text);
    return Array.isArray(users) && users.length > 0 ? users : undefined;
  } catch {
    return undefined;
  }
}
