import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from './api-keys.ts';
import { apiKey } from './callers.ts';
import { call } from './client.ts';
import { world } from './world.ts';

/** A job that the authority refused with 403: our own credential lacks something. */
export async function aDeadLetter(): Promise<{ jobPath: string; id: string; email: string }> {
  const { control } = await world();
  const email = `o-${randomUUID()}@acme.example`;
  const fault = await control.addFault({
    method: 'POST',
    path: '/api/v2/users',
    effect: {
      kind: 'answer',
      status: 403,
      body: { statusCode: 403, error: 'Forbidden', message: `no ${email}` },
    },
  });
  const { headers } = await call('POST', '/v1/users', {
    as: await apiKey('acme'),
    body: { email },
    headers: { prefer: 'respond-async' },
  });
  const jobPath = headers.get('location')!;
  const job = () => call('GET', jobPath, { as: apiKeyOfAcme });
  const apiKeyOfAcme = await apiKey('acme');
  await until(async () => (await job()).body.status === 'failed');
  expect((await job()).body.problem).to.include({ code: 'upstream_refused', status: 502 });
  await control.removeFault(fault.id);
  return { jobPath, id: jobPath.split('/').at(-1)!, email };
}
