import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { flag } from '../query-values.ts';
import { connectionView } from './known-connection.ts';

export const listConnectionsEndpoint: Endpoint = {
  method: 'GET',
  path: '/connections',
  scopes: ['read:connections'],
  answer: ({ store, query }: Call) => {
    const strategies = query.getAll('strategy');
    const name = query.get('name');
    const isDomain = flag(query, 'domain_connection');
    const connections = [...store.connections.values()].filter(
      (connection) =>
        (strategies.length === 0 || strategies.includes(connection.strategy)) &&
        (name === null || connection.name === name) &&
        (isDomain === undefined || connection.is_domain_connection === isDomain),
    );
    return listAnswer(connections, query, {
      name: 'connections',
      idOf: (connection) => connection.id,
      present: connectionView(query),
      checkpoints: true,
    });
  },
};
