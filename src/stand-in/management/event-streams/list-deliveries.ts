import type { Call, Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownStream } from './event-streams.ts';

/** Recorded, of deliveries that failed. */
export const listDeliveriesEndpoint: Endpoint = {
  method: 'GET',
  path: '/event-streams/{id}/deliveries',
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
      present: (delivery) => delivery,
    });
  },
};
