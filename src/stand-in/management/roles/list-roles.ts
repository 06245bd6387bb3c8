import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { roleView } from './role-rules.ts';

export const listRolesEndpoint: Endpoint = {
  method: 'GET',
  path: '/roles',
  scopes: ['read:roles'],
  answer: ({ store, query }: Call) => {
    const filter = query.get('name_filter')?.toLowerCase();
    const roles = [...store.roles.values()].filter(
      ({ name }) => filter === undefined || name.toLowerCase().includes(filter),
    );
    return listAnswer(roles, query, {
      name: 'roles',
      idOf: ({ id }) => id,
      present: roleView,
      checkpoints: false,
    });
  },
};
