/** Each call to the Management API is paid from the bucket that the table names: held against the HTTP call that it really makes first. */
import { expect } from 'chai';
import { callGroups, type ManagementCall } from '../../src/auth0/call-groups.ts';
import { endpointGroupOf } from '../../src/auth0/endpoint-group.ts';
import type { Management } from '../../src/auth0/management.ts';
import { startAnswering, type AnsweringAuthority } from './answering.ts';

const PAGE = [0, 100] as const;
const AUDIENCE = 'https://api.example/';
const client = { name: 'A client', client_metadata: {} };
const webApp = { ...client, callbacks: [], web_origins: [], allowed_origins: [], allowed_logout_urls: [] };

/** A new call does not compile without an example. */
const examples: { [Call in ManagementCall]: Parameters<Management[Call]> } = {
  createUser: [{} as never],
  getUser: ['auth0|1'],
  findUsersByEmail: ['ada@acme.example'],
  searchUsers: ['*', { page: 0, perPage: 1, sort: 'created_at:1' }],
  updateUser: ['auth0|1', {}],
  adoptUser: ['auth0|1', { tenant_id: 'acme', roles: [] }],
  deleteUser: ['auth0|1'],
  createPasswordTicket: ['auth0|1', 60],
  sendVerificationEmail: ['auth0|1'],
  listSessions: ['auth0|1'],
  endSessions: ['auth0|1'],
  createUsersImport: [{ users: Buffer.from('[]'), connectionId: 'con_1', externalId: 'x' }],
  getImportJob: ['job_1'],
  getImportErrors: ['job_1'],
  createThirdPartyClient: [{ ...client, callbacks: [], app_type: 'native' }],
  registerDocument: ['https://app.example/client.json'],
  readClient: ['client'],
  listCallbacks: ['client'],
  listThirdPartyClients: [...PAGE],
  updateClient: ['client', {}],
  renameClient: ['client', 'A name'],
  replaceClientKeys: ['client', []],
  rotateClientSecret: ['client'],
  createMachineClient: [client],
  listMachineClients: [...PAGE],
  deleteClient: ['client'],
  readAccount: [],
  apiScopes: [AUDIENCE],
  readApiScopes: [AUDIENCE],
  missingScopes: [AUDIENCE, ['read:users']],
  createClientGrant: ['client', AUDIENCE, ['read:users']],
  listClientGrants: ['client'],
  readClientGrants: ['client'],
  updateClientGrant: ['grant', ['read:users']],
  deleteClientGrant: ['grant'],
  createUserGrantOf: ['client', AUDIENCE, ['read:users']],
  listGrants: [{ user_id: 'auth0|1' }],
  deleteGrant: ['grant'],
  createConnection: ['acme', {}],
  findConnection: ['acme'],
  deleteConnection: ['con_1'],
  enableClients: ['con_1', ['client']],
  createWebApp: [webApp],
  updateWebApp: ['client', {}],
  listWebApps: [...PAGE],
  clientExists: ['client'],
  listClientGrantsAt: [AUDIENCE, undefined, 100],
  listConsentingUsers: [AUDIENCE, ...PAGE],
  createOrganization: [{ name: 'acme', displayName: 'Acme', metadata: {}, connectionId: 'con_1' }],
  findOrganization: ['org_1'],
  findOrganizationByName: ['acme'],
  listOrganizations: [undefined, 100],
  updateOrganization: ['org_1', {}],
  deleteOrganization: ['org_1'],
  enableOrganizationConnection: ['org_1', 'con_1'],
  listOrganizationConnections: ['org_1'],
  endJoiningByLogin: ['org_1', 'con_1'],
  addMembers: ['org_1', ['auth0|1']],
  removeMember: ['org_1', 'auth0|1'],
  listMembers: ['org_1', undefined, 100],
  organizationsOf: ['auth0|1'],
  listLogsAfter: ['900'],
  findFirstLog: ['2026-11-23T09:00:00.000Z'],
};

describe('groups of calls to the Management API', () => {
  let authority: AnsweringAuthority;
  beforeEach(async () => {
    authority = await startAnswering();
  });
  afterEach(() => authority.close());

  for (const [call, args] of Object.entries(examples))
    it(`${call} begins in ${callGroups[call as ManagementCall]}`, async () => {
      const management = authority.management() as unknown as Record<
        string,
        (...args: unknown[]) => Promise<unknown>
      >;
      // What comes of it is not asked here.
      await management[call]!(...args).catch(() => undefined);
      const [first] = authority.received;
      expect(first, `${call} called nobody`).to.not.equal(undefined);
      const group = endpointGroupOf(first!.method, new URL(first!.path, 'http://authority'));
      expect(
        callGroups[call as ManagementCall],
        `src/auth0/call-groups.ts: write ${call}: '${group}'`,
      ).to.equal(group);
    });
});
