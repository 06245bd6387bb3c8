import { newId } from '../../random-ids.ts';
import type { LogStream } from '../../store/account-records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { canonicalDomain } from '../custom-domains/new-custom-domain.ts';
import { LOG_STREAM_CHANGES, NEW_LOG_STREAM, checkSink } from './log-stream-rules.ts';

const PATH = '/log-streams';
const ONE = `${PATH}/{id}`;

function knownStream({ store, params }: Call): LogStream {
  const stream = store.logStreams.get(params['id'] ?? '');
  // Recorded: without a code.
  if (!stream) throw new ApiError(404, 'The log stream does not exist.');
  return stream;
}

/** Recorded: of all secrets only Mixpanel's is not shown. */
function view({ sink, ...stream }: LogStream): object {
  const isHidden = 'mixpanelServiceAccountPassword' in sink;
  return { ...stream, sink: { ...sink, ...(isHidden && { mixpanelServiceAccountPassword: '********' }) } };
}

/** Recorded: a priority stream carries the events of one category, whatever its filters were to be. */
function withFilters(stream: LogStream): LogStream {
  if (stream.isPriority !== true) return stream;
  return { ...stream, filters: [{ type: 'category', name: 'security' }] };
}

const createLogStreamEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:log_streams'],
  logAs: 'Create a log stream',
  // Recorded: 200, not 201.
  answer: ({ store, body, issuer }: Call) => {
    const input = checkBody(body, NEW_LOG_STREAM) as unknown as Omit<LogStream, 'id' | 'status'>;
    checkSink(input.type, input.sink);
    const source = `aws.partner/auth0.com/${canonicalDomain(issuer)}-${newId.action()}/auth0.logs`;
    const sink = { ...input.sink, ...(input.type === 'eventbridge' && { awsPartnerEventSource: source }) };
    const stream = withFilters({ status: 'active', ...input, sink, id: newId.logStream() });
    return { status: 200, body: view(store.logStreams.put(stream)) };
  },
};

const listLogStreamsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:log_streams'],
  // Recorded: not in pages.
  answer: ({ store }: Call) => ({ status: 200, body: [...store.logStreams.values()].map(view) }),
};

const getLogStreamEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:log_streams'],
  answer: (call: Call) => ({ status: 200, body: view(knownStream(call)) }),
};

const updateLogStreamEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:log_streams'],
  logAs: 'Update a log stream',
  answer: (call: Call) => {
    const stream = knownStream(call);
    const changes = checkBody(call.body, LOG_STREAM_CHANGES) as Partial<LogStream>;
    const changed = withFilters({ ...stream, ...changes, sink: { ...stream.sink, ...changes.sink } });
    return { status: 200, body: view(call.store.logStreams.put(changed)) };
  },
};

const deleteLogStreamEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:log_streams'],
  logAs: 'Delete a log stream',
  answer: ({ store, params }: Call) => {
    store.logStreams.delete(params['id'] ?? '');
    return NO_CONTENT;
  },
};

export const LOG_STREAMS: readonly Endpoint[] = [
  createLogStreamEndpoint,
  listLogStreamsEndpoint,
  getLogStreamEndpoint,
  updateLogStreamEndpoint,
  deleteLogStreamEndpoint,
];
