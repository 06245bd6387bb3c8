import { readReadiness } from '../../readiness.ts';
import type { Operation } from '../operation.ts';

export const getReadiness: Operation<'getReadiness', 'readiness'> = async ({ services }) => {
  const { isReady, checks } = await readReadiness(services.readiness);
  return isReady
    ? { status: 200, body: { status: 'ready', checks } }
    : { status: 503, body: { status: 'not_ready', checks } };
};
