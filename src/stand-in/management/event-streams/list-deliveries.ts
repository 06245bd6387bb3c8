import type { Delivery } from '../../events/deliveries.ts';
import { ApiError } from '../api-error.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownStream } from './event-streams.ts';

const PATH = '/event-streams/{id}/deliveries';

/** Recorded, of deliveries that failed. That one was a test is not shown. */
function view({ event, ...delivery }: Delivery): object {
  const { a0purpose: _purpose, ...shown } = event as { a0purpose?: string };
  return { ...delivery, event: shown };
}

const listDeliveriesEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:event_deliveries'],
  answer: (call: Call) => {
    const { query, deliveries } = call;
    const types = query.get('event_types')?.split(',');
    const statuses = query.get('statuses')?.split(',');
    const listed = deliveries
      .listOf(knownStream(call).id)
      .filter(
        ({ event_type: type, status }) =>
          (types === undefined || types.includes(type)) &&
          (statuses === undefined || statuses.includes(status)),
      );
    return checkpointList(listed, query, {
      name: 'deliveries',
      idOf: ({ id }) => id,
      next: 'always',
      present: view,
    });
  },
};

export function knownDelivery(call: Call): Delivery {
  const { event_id: id } = call.params;
  const delivery = call.deliveries.listOf(knownStream(call).id).find((one) => one.id === id);
  // Status specified, wording guessed.
  if (!delivery) throw new ApiError(404, 'The requested event does not exist.');
  return delivery;
}

const getDeliveryEndpoint: Endpoint = {
  method: 'GET',
  path: `${PATH}/{event_id}`,
  scopes: ['read:event_deliveries'],
  answer: (call: Call) => ({ status: 200, body: view(knownDelivery(call)) }),
};

export const DELIVERIES: readonly Endpoint[] = [listDeliveriesEndpoint, getDeliveryEndpoint];
