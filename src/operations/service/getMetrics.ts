import { isWithin } from '../../addresses.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const getMetrics: Operation<'getMetrics', 'config' | 'metrics'> = async ({
  address,
  isAddressKnown,
  services,
}) => {
  if (!isAddressKnown || !isWithin(address, services.config.METRICS_ALLOWED_ADDRESSES))
    throw new Problem('not_found');
  return { status: 200, body: await services.metrics.text(), type: 'text/plain' };
};
