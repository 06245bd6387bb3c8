/** Asks the API and a worker for what only they know. */
import type { components } from '../../generated-contract.ts';
import { callApi, type Answer } from '../call-api.ts';
import type { Doctor } from '../doctor.ts';
import { finding, type Finding } from '../finding.ts';
import {
  checkAccount,
  checkClock,
  checkDeployment,
  checkQuota,
  type AccountDiagnosis,
  type Diagnosis,
} from './deployment.ts';

/** As CLOCK_TOLERANCE_SECONDS is by default. */
const TOLERANCE_MS = 5_000;

const SOURCES = { stream: 'by its event stream', poll: 'from its tenant log' };

/** @returns whether a proof can be made: the operator is let in, workers work, and there is a place for an application */
export async function checkFacts(doctor: Doctor): Promise<boolean> {
  const { url, operator: authorization, signal, found, proved } = doctor;
  const get = (path: string) => callApi(url, 'GET', path, { authorization, signal });
  const ready = await get('/readyz');
  if (ready.body['status'] === 'not_ready')
    found(finding('not_ready', `${url}/readyz: ${failedParts(ready)}`));
  const before = await get('/v1/diagnosis');
  // A proxy may keep probes to itself, but answers without a code are not the API's.
  if (before.status !== 200 && typeof before.body['code'] !== 'string') {
    found(finding('api_unreachable', `${url}/v1/diagnosis: ${before.said}`));
    return false;
  }
  if (before.status === 401 || before.status === 403) {
    found(finding('operator_refused', `/v1/diagnosis: ${before.said}`), ...(await compareClocks(doctor)));
    return false;
  }
  // Nobody would do it.
  if (isOk<Diagnosis>(before) && !before.body.workers.seen) {
    found(...checkDeployment(before.body));
    return false;
  }
  // Its calls bring the limits that Auth0 reports, so the rest is read after it.
  const account = await get('/v1/diagnosis/account');
  const [diagnosis, budget] = [await get('/v1/diagnosis'), await get('/v1/budget')];
  const limit = isOk<Diagnosis>(diagnosis) ? diagnosis.body.applications.limit : Infinity;
  const toleranceMs = isOk<Diagnosis>(diagnosis) ? diagnosis.body.clocks.tolerance_ms : 0;
  if (isOk<Diagnosis>(diagnosis)) {
    found(...checkDeployment(diagnosis.body));
    const { by } = diagnosis.body.account_events;
    if (by !== 'none') proved(`changes of users at Auth0 come ${SOURCES[by]}`);
  } else found(finding('not_ready', `/v1/diagnosis: ${diagnosis.said}`));
  if (isOk<components['schemas']['Budget']>(budget))
    found(...checkQuota(budget.body, Number(doctor.options.tokenQuota)));
  if (!isOk<AccountDiagnosis>(account)) {
    const isWaiting = account.status === 202;
    found(finding(isWaiting ? 'no_worker' : 'account_unreadable', `/v1/diagnosis/account: ${account.said}`));
    return false;
  }
  found(...checkAccount(account.body, { limit, toleranceMs }));
  return account.body.applications.used < limit;
}

function failedParts({ body, said }: Answer): string {
  const failed = Object.entries({ ...(body['checks'] ?? {}) }).filter(([, state]) => state === 'failed');
  return failed.length === 0 ? said : failed.map(([name]) => `${name} failed`).join(', ');
}

/** Without the operator: tokens are refused when clocks differ. */
async function compareClocks({ url, authority, signal }: Doctor): Promise<Finding[]> {
  const [api, auth0] = await Promise.all([
    callApi(url, 'GET', '/healthz', { signal }),
    callApi(authority, 'GET', '.well-known/openid-configuration', { signal }),
  ]);
  const [ours, theirs] = [api, auth0].map(({ headers }) => Date.parse(headers.get('date') ?? ''));
  const aheadMs = (theirs ?? NaN) - (ours ?? NaN);
  return Number.isNaN(aheadMs)
    ? []
    : checkClock('authority', 'the clock of Auth0 is', "the API's", aheadMs, TOLERANCE_MS);
}

/** Validated by the API itself, before it answers. */
function isOk<Body>(answer: Answer): answer is Answer & { body: Answer['body'] & Body } {
  return answer.status === 200;
}
