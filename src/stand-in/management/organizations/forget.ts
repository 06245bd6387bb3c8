import { inOrganization, type Store } from '../../store/store.ts';

/** Deletes an organization with all dependent records. Its users stay; their consents in it do not (guessed). */
export function deleteOrganization(store: Store, id: string): void {
  store.organizations.delete(id);
  for (const one of [...store.organizationConnections.by('organization', id)])
    store.organizationConnections.delete(inOrganization(id, one.connection_id));
  for (const one of [...store.members.by('organization', id)])
    store.members.delete(inOrganization(id, one.user_id));
  for (const one of [...store.organizationGrants.by('organization', id)])
    store.organizationGrants.delete(inOrganization(id, one.grant_id));
  for (const one of [...store.organizationClients.by('organization', id)])
    store.organizationClients.delete(inOrganization(id, one.client_id));
  for (const one of [...store.invitations.by('organization', id)]) store.invitations.delete(one.id);
  for (const one of [...store.discoveryDomains.by('organization', id)]) store.discoveryDomains.delete(one.id);
  for (const one of [...store.grants.values()]) if (one.organization_id === id) store.grants.delete(one.id);
}

/** Removes a deleted user from all organizations. */
export function deleteMemberships(store: Store, userId: string): void {
  for (const { organization_id } of [...store.members.by('user', userId)])
    store.members.delete(inOrganization(organization_id, userId));
}

export function forgetClientGrant(store: Store, grantId: string): void {
  store.clientGrants.delete(grantId);
  for (const { organization_id } of [...store.organizationGrants.by('grant', grantId)])
    store.organizationGrants.delete(inOrganization(organization_id, grantId));
}

export function deleteConnectionOfOrganizations(store: Store, connectionId: string): void {
  for (const { organization_id } of [...store.organizationConnections.by('connection', connectionId)])
    store.organizationConnections.delete(inOrganization(organization_id, connectionId));
}

export function forgetClientOfOrganizations(store: Store, clientId: string): void {
  for (const { organization_id } of [...store.organizationClients.by('client', clientId)])
    store.organizationClients.delete(inOrganization(organization_id, clientId));
}
