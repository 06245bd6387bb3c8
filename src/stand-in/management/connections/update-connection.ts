import type { Connection } from '../../store/records.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { patched } from '../patched.ts';
import { checkOptions, optionsOfChanged, optionsToKeep } from './connection-options.ts';
import { CONNECTION_CHANGES } from './connection-rules.ts';
import { connectionView, knownConnection } from './known-connection.ts';

export const updateConnectionEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/connections/{id}',
  scopes: ['update:connections'],
  logAs: 'Update a connection',
  answer: (call: Call) => {
    const connection = knownConnection(call);
    const { options, ...changes } = checkBody(call.body, CONNECTION_CHANGES) as Partial<Connection>;
    checkOptions(options);
    const after = patched(connection, changes);
    // Recorded: options are replaced as a whole.
    if (options) after.options = optionsOfChanged(connection.strategy, options, call);
    call.store.connections.put({ ...after, options: optionsToKeep(after.options) });
    return { status: 200, body: connectionView()(after) };
  },
};
