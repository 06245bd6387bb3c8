/** Shared by relay operations: submit a job, wait as long as the caller wants, answer. */
import { addressRange } from '../addresses.ts';
import type { Flow } from '../relay/fair-queue/flow.ts';
import type { JobRecord, MakerUser } from '../relay/job-records.ts';
import type { InputOf, OutcomeOf, RelayOperationId } from '../relay/jobs/index.ts';
import type { RelayProblem } from '../relay/relay-job.ts';
import { callerOf, type AnyPrincipal } from '../principal.ts';
import { Problem } from '../problem.ts';
import { accountOf, makerUserOf } from './asked-by.ts';
import { idempotencyOf } from './idempotency.ts';
import { presentJob } from './jobs/present-job.ts';
import { withRefusal } from './jobs/with-refusal.ts';
import type { Answer, Call } from './operation.ts';
import { preferenceApplied } from './preferences.ts';
import type { Seal } from '../secrets/seal.ts';

/** Upper limit of `Prefer: wait`: connections are not held open for longer. */
const MAX_WAIT_MS = 60_000;

/** Who gets the answer: a cursor in it is valid for no other caller. */
export interface Viewer {
  seal: Seal;
  principal: AnyPrincipal | undefined;
}

/** Answer of a relay operation on success: for the caller who waited, and in the job of one who did not. */
export type RelayedAnswer<Id extends RelayOperationId> = (
  outcome: OutcomeOf<Id>,
  viewer: Viewer,
) => Extract<Answer<Id>, { status: 200 | 201 | 204 | 302 }>;

/** The services that relaying needs. */
export type Relaying = 'contract' | 'keyedHash' | 'publicUrl' | 'relay' | 'seal';

/** Answers like any REST call when the job ends in time, else 202 with the job (RFC 7240). */
export async function relayed<Id extends RelayOperationId>(
  call: Call<Id, Relaying>,
  input: InputOf<Id>,
  toAnswer: RelayedAnswer<Id>,
): Promise<Answer<Id> | Accepted> {
  const { body, operationId, path, prefer, query, requestId, services, signal } = call;
  const idempotency = idempotencyOf(call);
  const waitMs =
    prefer.wait === undefined ? services.relay.defaultWaitMs : Math.min(prefer.wait * 1000, MAX_WAIT_MS);
  const record = await services.relay.run({
    operationId,
    // A registration belongs to no tenant.
    tenantId: tenantOf(call.principal),
    requestId,
    input,
    event: call.event,
    by: accountOf(call.principal),
    maker: callerOf(call.principal),
    makerUser: userWithRoles(call),
    subject: subjectOf(call),
    flow: flowOf(call),
    idempotency: idempotency && { ...idempotency, request: { operationId, path, query, body } },
    waitMs: prefer.respondAsync && prefer.wait === undefined ? 0 : waitMs,
    signal,
  });
  const applied = preferenceApplied(prefer);
  const headers = applied ? { 'Preference-Applied': applied } : undefined;
  if (!record.ended) return accepted(record, headers, services.publicUrl);
  if ('problem' in record.ended) throw asProblem(withRefusal(record.ended.problem, call.principal));
  const viewer = { seal: services.seal, principal: call.principal };
  const answer = toAnswer(record.ended.outcome as OutcomeOf<Id>, viewer);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function tenantOf(principal: Call<RelayOperationId>['principal']): string | undefined {
  return principal && 'tenantId' in principal ? principal.tenantId : undefined;
}

/** Only where its roles count: self-service needs none. */
function userWithRoles({
  operationId,
  services,
  principal,
}: Call<RelayOperationId, 'contract'>): MakerUser | undefined {
  const operation = services.contract.operations.get(operationId);
  return operation?.self === 'caller' ? undefined : makerUserOf(principal);
}

/** The user that the operation affects. */
function subjectOf({
  operationId,
  services,
  path,
  principal,
}: Call<RelayOperationId, 'contract'>): string | undefined {
  const operation = services.contract.operations.get(operationId);
  if (operation?.self === 'caller') return principal && 'userId' in principal ? principal.userId : undefined;
  return 'user_id' in path ? path.user_id : undefined;
}

/** Flow of a call: a tenant's calls share one; callers without a tenant share one per kind. */
function flowOf({ principal, address, services }: Call<RelayOperationId, 'keyedHash'>): Flow {
  if (!principal) return { name: 'anonymous', caller: services.keyedHash('address', addressRange(address)) };
  switch (principal.kind) {
    case 'operator':
      return { name: 'operator', caller: principal.userId ?? principal.clientId };
    case 'registrant':
      return { name: 'registration', caller: principal.tokenId };
    case 'registration':
      return { name: 'registration', caller: principal.clientId };
    case 'tenant':
      return { name: `tenant/${principal.tenantId}`, caller: principal.clientId };
    case 'user':
    case 'app':
      return { name: `tenant/${principal.tenantId}`, caller: `${principal.clientId} ${principal.userId}` };
  }
}

export interface Accepted {
  status: 202;
  body: ReturnType<typeof presentJob>;
  headers: Record<string, string>;
}

function accepted(
  record: JobRecord,
  headers: Record<string, string> | undefined,
  publicUrl: string,
): Accepted {
  return {
    status: 202,
    body: presentJob(record, publicUrl),
    headers: { Location: `/v1/jobs/${record.id}`, ...headers },
  };
}

export function asProblem({ code, detail, scopes, retryAfterSeconds }: RelayProblem): Problem {
  const problem = Problem.of(code, {
    detail,
    scopes,
    internal: detail ?? 'its job was refused when it began',
  });
  // A full account needs action by the operator, so retrying soon is pointless.
  const seconds = retryAfterSeconds ?? (code === 'application_limit_reached' ? 3600 : 5);
  if (problem.status === 503) problem.parts.headers = { 'Retry-After': String(seconds) };
  return problem;
}
