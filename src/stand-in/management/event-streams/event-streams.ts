import type { EventStream } from '../../store/account-records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { checkDestination, EVENT_STREAM_CHANGES, NEW_EVENT_STREAM } from './event-stream-rules.ts';
import { newEventStream, type EventStreamInput } from './new-event-stream.ts';

const PATH = '/event-streams';
const ONE = `${PATH}/{id}`;

export function knownStream({ store, params }: Call): EventStream {
  const stream = store.eventStreams.get(params['id'] ?? '');
  // Recorded: without a code.
  if (!stream) throw new ApiError(404, 'The requested stream does not exist.');
  return stream;
}

/** Recorded: what authorizes deliveries is not shown, but for the method (and a name, specified). */
function view({ destination, ...stream }: EventStream): object {
  const { webhook_authorization, ...configuration } = destination.configuration;
  const authorization = webhook_authorization as Authorization | undefined;
  const { token: _token, password: _password, value: _value, ...shown } = authorization ?? {};
  return {
    ...stream,
    destination: {
      ...destination,
      configuration: {
        ...configuration,
        ...(authorization !== undefined && { webhook_authorization: shown }),
      },
    },
  };
}

interface Authorization {
  token?: string;
  password?: string;
  value?: string;
}

const createEventStreamEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:event_streams'],
  logAs: 'Create an event stream',
  answer: ({ store, body, now, issuer }: Call) => {
    const input = checkBody(body, NEW_EVENT_STREAM) as EventStreamInput;
    if (input.destination) checkDestination(input.destination);
    return { status: 201, body: view(store.eventStreams.put(newEventStream(input, now(), issuer))) };
  },
};

const listEventStreamsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:event_streams'],
  answer: ({ store, query }: Call) =>
    checkpointList([...store.eventStreams.values()], query, {
      // Recorded, in this spelling.
      name: 'eventStreams',
      idOf: ({ id }) => id,
      present: view,
    }),
};

const getEventStreamEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:event_streams'],
  answer: (call: Call) => ({ status: 200, body: view(knownStream(call)) }),
};

const updateEventStreamEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:event_streams'],
  logAs: 'Update an event stream',
  answer: (call: Call) => {
    const stream = knownStream(call);
    const changes = checkBody(call.body, EVENT_STREAM_CHANGES) as EventStreamInput;
    if (changes.destination) checkDestination(changes.destination);
    const updated_at = new Date(call.now()).toISOString();
    return { status: 200, body: view(call.store.eventStreams.put({ ...stream, ...changes, updated_at })) };
  },
};

const deleteEventStreamEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:event_streams'],
  logAs: 'Delete an event stream',
  // Recorded: deleting the same one twice answers 204 both times.
  answer: ({ store, params }: Call) => {
    store.eventStreams.delete(params['id'] ?? '');
    return NO_CONTENT;
  },
};

export const EVENT_STREAMS: readonly Endpoint[] = [
  createEventStreamEndpoint,
  listEventStreamsEndpoint,
  getEventStreamEndpoint,
  updateEventStreamEndpoint,
  deleteEventStreamEndpoint,
];
