import { randomUUID } from 'node:crypto';
import { Problem } from '../../problem.ts';
import { checkClientMetadata } from '../../registration/client-metadata.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

/** The answer is synchronous: 201, or 503 when the authority takes too long. A job's address would be of no use to an OAuth client. */
export const registerApp: Operation<'registerApp'> = async (call) => {
  const metadata = checkClientMetadata(call.body, call.services.contract.appScopes);
  const answer = await relayed(
    { ...call, prefer: { respondAsync: false, wait: undefined } },
    { registrationId: randomUUID(), metadata },
  );
  if (answer.status !== 201) throw new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
  return answer;
};
