import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { EVENT_TYPE } from './event-stream-rules.ts';
import { knownStream } from './event-streams.ts';
import { knownDelivery } from './list-deliveries.ts';
import { DELIVERED_USER, SAMPLE_USER } from './sample-user.ts';

const ONE = '/event-streams/{id}';

/** Recorded: 202, with the delivery as it begins. */
const sendTestEventEndpoint: Endpoint = {
  method: 'POST',
  path: `${ONE}/test`,
  scopes: ['update:event_streams'],
  answer: (call: Call) => {
    const stream = knownStream(call);
    const { event_type: type, data } = checkBody(call.body, {
      required: ['event_type'],
      properties: { event_type: EVENT_TYPE, data: { type: 'object' } },
    }) as { event_type: string; data?: object };
    if (data || !type.startsWith('user.'))
      // Samples of other events are not recorded: they are empty here.
      return { status: 202, body: { ...call.deliveries.sendTest(stream, type, data ?? {}), attempts: [] } };
    // Recorded: the answer has more of the sample than what is delivered.
    const delivery = call.deliveries.sendTest(stream, type, DELIVERED_USER);
    const event = { ...delivery.event, data: { object: SAMPLE_USER } };
    return { status: 202, body: { ...delivery, attempts: [], event } };
  },
};

/** Recorded: 202 for all that failed, and for one. */
const redeliverEndpoint: Endpoint = {
  method: 'POST',
  path: `${ONE}/redeliver`,
  scopes: ['update:event_deliveries'],
  answer: (call: Call) => {
    const stream = knownStream(call);
    const filters = checkBody(call.body ?? {}, {
      required: [],
      properties: {
        date_from: { type: 'string' },
        date_to: { type: 'string' },
        statuses: { type: 'array', items: { type: 'string', enum: ['failed'] } },
        event_types: { type: 'array', items: EVENT_TYPE },
      },
    }) as { date_from?: string; date_to?: string; event_types?: string[] };
    for (const delivery of call.deliveries.listOf(stream.id)) {
      const { time } = delivery.event as { time: string };
      const isMeant =
        (filters.event_types?.includes(delivery.event_type) ?? true) &&
        (filters.date_from === undefined || time >= filters.date_from) &&
        (filters.date_to === undefined || time <= filters.date_to);
      if (isMeant) call.deliveries.redeliver(stream, delivery);
    }
    return { status: 202, body: {} };
  },
};

const redeliverOneEndpoint: Endpoint = {
  method: 'POST',
  path: `${ONE}/redeliver/{event_id}`,
  scopes: ['update:event_deliveries'],
  answer: (call: Call) => {
    call.deliveries.redeliver(knownStream(call), knownDelivery(call));
    return { status: 202, body: {} };
  },
};

export const TEST_EVENTS: readonly Endpoint[] = [
  sendTestEventEndpoint,
  redeliverEndpoint,
  redeliverOneEndpoint,
];
