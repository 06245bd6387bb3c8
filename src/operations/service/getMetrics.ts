import { isWithin, parseRanges } from '../../authentication/addresses.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const getMetrics: Operation<'getMetrics'> = async ({ address, services }) => {
  const ranges = parseRanges(services.config.METRICS_ALLOWED_ADDRESSES);
  if (!isWithin(address, ranges)) throw new Problem('not_found');
  return { status: 200, body: await services.metrics.text(), type: 'text/plain' };
};
