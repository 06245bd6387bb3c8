import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { NEW_CLIENT } from './client-rules.ts';
import { writtenClientView } from './client-view.ts';
import { createClient, type NewClient } from './new-client.ts';
import { takeCredentials } from './own-credentials.ts';

export const createClientEndpoint: Endpoint = {
  method: 'POST',
  path: '/clients',
  scopes: ['create:clients'],
  logAs: 'Create a client',
  answer: (call: Call) => {
    const { store, settings, body, now } = call;
    const input = checkBody(body, NEW_CLIENT) as NewClient;
    const { client, shown } = takeCredentials(store, createClient(store, settings.plan, input), now());
    const view = writtenClientView(call, store.clients.put(client));
    // Recorded: `encrypted` in this response only.
    return { status: 201, body: { ...view, ...shown, encrypted: true } };
  },
};
