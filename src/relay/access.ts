/** What relay jobs may do at the authority: each declares one of these, and its performer gets that and nothing else. */
import type { callGroups, ManagementCall } from '../auth0/call-groups.ts';

/** Access → the calls that it is made of. */
export const accessCalls = {
  /** Users of the job's tenant, by way of `TenantUsers`, which looks whose a user is. */
  'tenant-users': [
    'getUser',
    'createUser',
    'findUsersByEmail',
    'searchUsers',
    'updateUser',
    'deleteUser',
    'createPasswordTicket',
    'sendVerificationEmail',
  ],
  /** What the caller itself consented to. */
  'own-consents': ['listGrants', 'deleteGrant'],
  /** Clients of API keys. */
  'api-keys': [
    'createMachineClient',
    'listMachineClients',
    'rotateClientSecret',
    'deleteClient',
    'createClientGrant',
    'listClientGrants',
    'deleteClientGrant',
  ],
  /** Clients of third-party apps. */
  apps: [
    'createThirdPartyClient',
    'registerDocument',
    'listCallbacks',
    'listThirdPartyClients',
    'updateClient',
    'replaceClientKeys',
    'rotateClientSecret',
    'deleteClient',
    'createUserGrantOf',
    'listClientGrants',
    'updateClientGrant',
    'deleteClientGrant',
  ],
  /** The whole account: for jobs that make or end a tenant. */
  management: undefined,
} as const satisfies Record<string, readonly ManagementCall[] | undefined>;

export type Access = keyof typeof accessCalls;
export type CallOf<A extends Access> = (typeof accessCalls)[A] extends readonly (infer Call)[]
  ? Call & ManagementCall
  : ManagementCall;

/** Calls that are paid from the same bucket as this one. */
export type CallLike<First extends ManagementCall> = {
  [Call in ManagementCall]: (typeof callGroups)[Call] extends (typeof callGroups)[First] ? Call : never;
}[ManagementCall];
