import { newId } from '../../random-ids.ts';
import type { Client } from '../../store/records.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownClient, writtenClientView } from './client-view.ts';

export const rotateSecretEndpoint: Endpoint = {
  method: 'POST',
  path: '/clients/{id}/rotate-secret',
  scopes: ['update:client_keys'],
  logAs: 'Rotate a client secret',
  answer: (call: Call) => {
    const { previous_secret: _older, ...client } = knownClient(call);
    const { rotationOverlapMs: overlapMs, rotationDelayMs: delayMs } = call.settings;
    const now = call.now();
    const rotated: Client = {
      ...(client as Client),
      client_secret: newId.clientSecret(),
      ...((overlapMs > 0 || delayMs > 0) &&
        client.client_secret !== undefined && {
          previous_secret: {
            value: client.client_secret,
            until: now + Math.max(overlapMs, delayMs),
            ...(delayMs > 0 && { replacedAt: now + delayMs }),
          },
        }),
    };
    return { status: 200, body: writtenClientView(call, call.store.clients.put(rotated)) };
  },
};
