/** A tenant's system that imports users, and the authority's own list to hold its results against. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { connectionOf } from '../../../src/start/demo-tenants.ts';
import { managementOf } from '../../support/authority.ts';
import { until } from '../../support/api-keys.ts';
import { basic } from '../../support/callers.ts';
import type { OwnDeployment } from '../../support/own-deployment.ts';

export interface ImportView {
  id: string;
  status: string;
  total: number;
  counts: Record<'pending' | 'created' | 'failed' | 'skipped' | 'unknown', number>;
}

export interface RowView {
  row: number;
  status: string;
  email?: string;
  user_id?: string;
  error?: { code: string };
}

export interface ListedUser {
  user_id: string;
  email: string;
  name: string;
  tenant_id: string;
}

export type Lines = (count: number) => Iterable<string>;

/** Undefined for an API that is being killed: whoever asks, asks again. */
type Maybe<T> = Promise<T | undefined>;

export function importClient(deployment: OwnDeployment, tenantIndex: 0 | 1) {
  const tenant = deployment.tenants[tenantIndex]!;
  const authorization = basic(tenant.api_key.client_id, tenant.api_key.client_secret);
  const ask = (path: string, init: RequestInit & { duplex?: 'half' } = {}) =>
    fetch(deployment.api + path, { ...init, headers: { authorization, ...init.headers } });

  async function view(path: string): Maybe<ImportView> {
    const answer = await ask(path).catch(() => undefined);
    return answer?.status === 200 ? ((await answer.json()) as ImportView) : undefined;
  }

  return {
    view,

    /** @param key of the import, the same however often it is tried. @returns the answer; rejects when the API dies meanwhile */
    upload: (lines: Iterable<string>, key: string): Promise<Response> =>
      ask('/v1/user-imports?channel=row_by_row', {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': key },
        body: Readable.toWeb(Readable.from(inParts(lines))),
        duplex: 'half',
      }),

    list: async (): Promise<ImportView[]> =>
      ((await (await ask('/v1/user-imports')).json()) as { imports: ImportView[] }).imports,

    untilIts: (path: string, isSo: (state: ImportView) => boolean): Promise<void> =>
      until(async () => {
        const state = await view(path);
        return state !== undefined && isSo(state);
      }),

    /** Row by row as they arrive. @throws when the download breaks off */
    async *download(path: string): AsyncGenerator<RowView> {
      const answer = await ask(`${path}/rows`, { headers: { accept: 'application/x-ndjson' } });
      if (answer.status !== 200) throw new Error(`rows: ${answer.status}`);
      yield* jsonLines<RowView>(Readable.fromWeb(answer.body!));
    },

    /** Every user of the tenant's connection, from the authority itself. */
    async listedUsers(): Promise<ListedUser[]> {
      const sdk = managementOf(deployment);
      const { data: connections } = await sdk.connections.list({ name: connectionOf(tenant) });
      const made = await sdk.jobs.usersExports.create({
        connection_id: connections[0]!.id!,
        format: 'json',
        fields: [
          ...['user_id', 'email', 'name'].map((name) => ({ name })),
          { name: 'app_metadata.tenant_id', export_as: 'tenant_id' },
        ],
      });
      const { location } = (await sdk.jobs.get(made.id)) as { location?: string };
      const file = await fetch(location!);
      const users: ListedUser[] = [];
      const unpacked = Readable.fromWeb(file.body!).pipe(createGunzip());
      for await (const user of jsonLines<ListedUser>(unpacked)) users.push(user);
      return users;
    },
  };
}

const LINES_AT_ONCE = 500;

function* inParts(lines: Iterable<string>): Generator<Buffer> {
  let part: string[] = [];
  for (const line of lines) {
    if (part.push(line) < LINES_AT_ONCE) continue;
    yield Buffer.from(`${part.join('\n')}\n`);
    part = [];
  }
  if (part.length > 0) yield Buffer.from(`${part.join('\n')}\n`);
}

async function* jsonLines<T>(source: Readable): AsyncGenerator<T> {
  // The interface hides failures of what it reads.
  const failed = new Promise<never>((_resolve, reject) => source.once('error', reject));
  failed.catch(() => undefined);
  const lines = createInterface({ input: source, crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) break;
    yield JSON.parse(next.value) as T;
  }
  if (source.errored) throw source.errored;
}
