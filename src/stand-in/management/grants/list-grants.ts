import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';

/** Users' consents. Recorded once, with totals. */
export const listGrantsEndpoint: Endpoint = {
  method: 'GET',
  path: '/grants',
  scopes: ['read:grants'],
  answer: ({ store, query }: Call) => {
    const userId = query.get('user_id');
    const clientId = query.get('client_id');
    const audience = query.get('audience');
    const candidates =
      userId !== null
        ? store.grants.by('user', userId)
        : clientId !== null
          ? store.grants.by('client', clientId)
          : store.grants.values();
    const grants = [...candidates].filter(
      (grant) =>
        (clientId === null || grant.clientID === clientId) &&
        (audience === null || grant.audience === audience),
    );
    return listAnswer(grants, query, {
      name: 'grants',
      idOf: (grant) => grant.id,
      present: (grant) => grant,
      checkpoints: false,
    });
  },
};
