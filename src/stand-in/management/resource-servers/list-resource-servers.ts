import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { chosenFields } from '../query-values.ts';
import { resourceServerView } from './resource-server-view.ts';

export const listResourceServersEndpoint: Endpoint = {
  method: 'GET',
  path: '/resource-servers',
  scopes: ['read:resource_servers'],
  answer: ({ store, query }: Call) => {
    const choose = chosenFields(query);
    const identifiers = query.getAll('identifiers');
    const servers = [...store.resourceServers.values()].filter(
      (server) => identifiers.length === 0 || identifiers.includes(server.identifier),
    );
    return listAnswer(servers, query, {
      name: 'resource_servers',
      idOf: (server) => server.id,
      present: (server) => choose(resourceServerView(server)),
      checkpoints: false,
    });
  },
};
