import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { NEW_CLIENT } from './client-rules.ts';
import { writtenClientView } from './client-view.ts';
import { createClient } from './new-client.ts';
import { takeCredentials } from './own-credentials.ts';
import type { NewClient } from './new-client.ts';

export const createClientEndpoint: Endpoint = {
  method: 'POST',
  path: '/clients',
  scopes: ['create:clients'],
  logAs: 'Create a client',
  answer: ({ store, settings, body, now }: Call) => {
    const input = checkBody(body, NEW_CLIENT) as NewClient;
    const { client, shown } = takeCredentials(store, createClient(store, settings.plan, input), now());
    return { status: 201, body: { ...writtenClientView(store.clients.put(client)), ...shown } };
  },
};
