import { Problem } from '../../problem.ts';
import { idempotencyOf } from '../idempotency.ts';
import type { Operation } from '../operation.ts';

export const recordServiceEvent: Operation<
  'recordServiceEvent',
  'gateway' | 'metrics' | 'registry' | 'serviceEvents'
> = async (call) => {
  const { body, principal, services } = call;
  if (!services.gateway.events.get(principal.service)?.has(body.type))
    throw new Problem('invalid_body', { errors: [UNKNOWN_TYPE] });
  const tenant = await services.registry.tenant(body.tenant_id);
  // A tenant that is being deleted is gone for everybody; a suspended one has only its callers kept out.
  if (tenant?.status !== 'active' && tenant?.status !== 'suspended')
    throw new Problem('not_found', { detail: 'There is no such tenant.' });
  const { event } = call;
  const record = () => services.serviceEvents.record(event.draft, body, idempotencyOf(call));
  const recorded = await event.commit(record);
  services.metrics.countServiceEvent(principal.service);
  return { status: 201, body: recorded };
};

/** The same for a type of another service, or of our own. */
const UNKNOWN_TYPE = {
  in: 'body',
  pointer: '/type',
  code: 'unknown_event_type',
  message: 'is not an event type of this service',
} as const;
