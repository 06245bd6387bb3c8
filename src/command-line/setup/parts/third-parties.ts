/** What lets third parties past Trivium. Only people can decide on it, so nothing is changed. */
import type { AccountPart } from '../context.ts';
import { emptyPlan, type Finding } from '../plan.ts';

export const thirdParties: AccountPart = async ({ management, settings: { audience } }) => {
  const grants = await management.list('/client-grants', 'client_grants', {
    default_for: 'third_party_clients',
    audience,
  });
  const clients = await management.list('/clients', 'clients', {
    is_first_party: 'false',
    fields: 'client_id,name,third_party_security_mode',
  });
  const findings: Finding[] = [
    ...grants.map(({ id, scope }) => ({
      item: 'third parties',
      about: String(id),
      level: 'drift' as const,
      what: `a default grant gives them ${String(scope).replaceAll(',', ', ')} at ${audience}`,
      why: 'clients that Trivium has never seen get tokens for this API',
      remedy: `Remove it: auth0 api delete client-grants/${String(id)}`,
    })),
    ...clients
      .filter(({ third_party_security_mode: mode }) => mode === 'permissive')
      .map(({ client_id, name }) => ({
        item: 'third parties',
        about: String(client_id),
        level: 'drift' as const,
        what: `the client ${String(client_id)} (${String(name)}) is permissive`,
        why: 'it may go without PKCE and without a client grant',
        remedy: 'Auth0 cannot change the mode: register the app anew, at this API, and delete that client.',
      })),
  ];
  return { ...emptyPlan(), findings };
};
