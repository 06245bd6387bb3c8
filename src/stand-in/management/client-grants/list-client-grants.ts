import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { flag } from '../query-values.ts';

export const listClientGrantsEndpoint: Endpoint = {
  method: 'GET',
  path: '/client-grants',
  scopes: ['read:client_grants'],
  answer: ({ store, query }: Call) => {
    const clientId = query.get('client_id');
    const audience = query.get('audience');
    const subjectType = query.get('subject_type');
    const defaultFor = query.get('default_for');
    const anyOrganization = flag(query, 'allow_any_organization');
    const candidates =
      clientId === null ? store.clientGrants.values() : store.clientGrants.by('client', clientId);
    const grants = [...candidates].filter(
      (grant) =>
        (audience === null || grant.audience === audience) &&
        (subjectType === null || grant.subject_type === subjectType) &&
        (defaultFor === null || grant.default_for === defaultFor) &&
        (anyOrganization === undefined || (grant.allow_any_organization ?? false) === anyOrganization),
    );
    return listAnswer(grants, query, {
      name: 'client_grants',
      idOf: (grant) => grant.id,
      present: (grant) => grant,
      checkpoints: true,
    });
  },
};
