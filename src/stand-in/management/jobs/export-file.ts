import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import type { Job, UserProfile } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';

const PATH = /^\/stand-in\/exports\/(job_\w+)\.(json|csv)\.gz$/;
/** Auth0 docs, "Bulk user exports": default fields. */
const FIELDS_DEFAULT = ['user_id', 'email', 'name', 'nickname', 'picture', 'created_at', 'updated_at'].map(
  (name) => ({ name }),
);

/** `location` of a users-exports job: gzipped NDJSON or CSV. Anybody with the URL may fetch it, as at Auth0. */
export function exportFile(store: Store) {
  return async function answerExport(ctx: Context, next: () => Promise<void>): Promise<void> {
    const [, id] = PATH.exec(ctx.path) ?? [];
    const job = id === undefined ? undefined : store.jobs.get(id);
    if (job?.type !== 'users_export' || ctx.method !== 'GET') return next();
    ctx.type = 'application/gzip';
    ctx.body = gzipSync(linesOf(job, chosenUsers(store, job)).join(''));
  };
}

function chosenUsers(store: Store, { connection, limit = Infinity }: Job): UserProfile[] {
  const users = [...store.users.values()].filter(
    (user) => connection === undefined || user.connection === connection,
  );
  return users.slice(0, limit).map(({ profile }) => profile);
}

function linesOf({ format, fields = FIELDS_DEFAULT }: Job, users: UserProfile[]): string[] {
  const columns = fields.map((field) => ({ path: field.name, title: titleOf(field) }));
  if (format !== 'csv')
    return users.map((user) => {
      const line = Object.fromEntries(columns.map(({ path, title }) => [title, valueAt(user, path)]));
      return `${JSON.stringify(line)}\n`;
    });
  const head = columns.map(({ title }) => cell(title)).join();
  return [head, ...users.map((user) => columns.map(({ path }) => cell(valueAt(user, path))).join())].map(
    (line) => `${line}\n`,
  );
}

function titleOf(field: { name: string; export_as?: string }): string {
  return field.export_as ?? field.name;
}

/** `identities[0].connection` (recorded). */
function valueAt(user: UserProfile, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], user);
}

/** RFC 4180. */
function cell(value: unknown): string {
  const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
