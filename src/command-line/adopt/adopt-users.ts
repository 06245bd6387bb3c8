/** `trivium adopt users`: resumes what the same command began, or begins it; follows it; saves the report. */
import { createHash } from 'node:crypto';
import type { components } from '../generated-contract.ts';
import { Failure, type Ending } from '../exit-codes.ts';
import { jsonOf } from '../json-of.ts';
import { rememberedImport } from '../remembered-import.ts';
import type { OperatorApi } from './operator-api.ts';
import { saveReport } from './report.ts';
import { sumOf, type Adoption, type Total } from './total.ts';
import { waitForJob } from './wait-for-job.ts';

type Body = components['schemas']['NewUserAdoption'];

export interface UsersWish {
  tenant: string;
  /** One of a query, or those for each thousand ids. */
  bodies: readonly Body[];
  dryRun: boolean;
  /** File for the report; undefined: none. */
  out: string | undefined;
  say: (text: string) => void;
  onBegun: (jobId: string) => void;
}

/** @throws Failure */
export async function adoptUsers(
  api: OperatorApi,
  wish: UsersWish,
): Promise<{ ending: Ending; total: Total }> {
  const { bodies, out, tenant, dryRun } = wish;
  const ended: Adoption[] = [];
  const [forgets, begun]: [(() => void)[], Body[]] = [[], [...bodies]];
  for (let body = begun.shift(); body; body = begun.shift()) {
    const { adoption, forget } = await adoptOnce(api, wish, body);
    ended.push(adoption);
    forgets.push(forget);
    // The server ends an adoption with 100,000 users.
    if (adoption.continue_from !== undefined && body.query !== undefined && body.max_users === undefined)
      begun.unshift({ ...body, created_from: adoption.continue_from });
  }
  if (out !== undefined) await saveReport(api, tenant, ended, out);
  // Until then, the same command finds what was done, and saves its report.
  for (const forget of forgets) forget();
  const total = sumOf(tenant, dryRun, ended);
  return { ending: total.refused > 0 ? 'someFailed' : 'done', total };
}

async function adoptOnce(
  api: OperatorApi,
  { tenant, dryRun, say, onBegun }: UsersWish,
  body: Body,
): Promise<{ adoption: Adoption; forget: () => void }> {
  const path = `/v1/tenants/${encodeURIComponent(tenant)}/user-adoptions`;
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const memory = rememberedImport({ url: api.url, file: 'adopt users', fingerprint }, [
    tenant,
    String(dryRun),
  ]);
  const troubled = ({ message }: Failure) => say(`${message}\nTrying again …`);
  try {
    let jobId = memory.importId;
    if (jobId !== undefined) say(`Resuming adoption ${jobId}, which this command began before.`);
    else {
      const headers = { prefer: 'respond-async', 'idempotency-key': memory.idempotencyKey };
      const answer = await api.send('POST', path + (dryRun ? '?dry_run=true' : ''), { body, headers });
      const { id } = await jsonOf<{ id: string }>(answer);
      memory.keep((jobId = id));
    }
    onBegun(jobId);
    const tell = progress(api, `${path}/${encodeURIComponent(jobId)}`, say);
    return {
      adoption: await waitForJob<Adoption>(api, jobId, troubled, tell),
      forget: () => memory.forget(),
    };
  } catch (error) {
    // A refused or failed one is not resumed: the next begins anew, and finds who was adopted.
    if (error instanceof Failure && error.ending !== 'unreachable') memory.forget();
    throw error;
  }
}

/** Time between two lines of progress. */
const SAY_MS = 5_000;

function progress(api: OperatorApi, path: string, say: (text: string) => void): () => Promise<void> {
  let saidAt = performance.now();
  return async () => {
    if (performance.now() - saidAt < SAY_MS) return;
    saidAt = performance.now();
    // Not there before its job has begun.
    const answer = await api.send('GET', path).catch(() => undefined);
    if (!answer) return;
    const { adopted, already, refused, found } = await jsonOf<Adoption>(answer);
    const done = (adopted + already + refused).toLocaleString('en');
    say(found === undefined ? `${done} users …` : `${done} of ${found.toLocaleString('en')} users …`);
  };
}
