import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { roleView } from './role-rules.ts';

export const listRolesEndpoint: Endpoint = {
  method: 'GET',
  path: '/roles',
  scopes: ['read:roles'],
  answer: ({ store, query }: Call) => {
    const wanted = query.get('type');
    const filter = query.get('name_filter')?.toLowerCase();
    const roles = [...store.roles.values()].filter(
      ({ name, type = 'tenant' }) =>
        (filter === undefined || name.toLowerCase().includes(filter)) &&
        // Used by auth0-deploy-cli.
        (wanted === null || type === wanted),
    );
    return listAnswer(roles, query, {
      name: 'roles',
      idOf: ({ id }) => id,
      present: roleView,
      checkpoints: false,
    });
  },
};
