import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const receiveAuthorityEvent: Operation<
  'receiveAuthorityEvent',
  'authorityEvents' | 'metrics'
> = async ({ body, services }) => {
  const result = await services.authorityEvents.receive(body);
  services.metrics.countAuthorityEvent(result);
  // 5xx: the authority delivers it again.
  if (result === 'full')
    throw new Problem('overloaded', {
      headers: { 'Retry-After': '60' },
      internal: 'the inbox of the authority’s events is full: no worker processes them',
    });
  return { status: 204 };
};
