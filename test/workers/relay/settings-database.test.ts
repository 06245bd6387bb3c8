/** The database of tenants' settings, which several creations of tenants may find missing at the same time. */
import { expect } from 'chai';
import type { Tenant } from '../../../src/registry/tenants.ts';
import { TenantSettings } from '../../../workers/relay/tenant-settings.ts';
import { startAnswering } from '../../auth0/answering.ts';

const TENANT: Tenant = {
  id: 'initech',
  name: 'Initech',
  status: 'active',
  connection: 'users',
  created_at: '2026-11-23T09:00:00.000Z',
};

describe('the database of settings', () => {
  it('is used when somebody else was faster to create it', async () => {
    const authority = await startAnswering();
    try {
      let isThere = false;
      let isEnabled = false;
      authority.answer = ({ method, path }) => {
        if (path.includes('/users') && !isEnabled)
          return { status: 400, body: { statusCode: 400, errorCode: 'inexistent_connection', message: 'x' } };
        if (path.includes('/users')) return { status: 201, body: { user_id: 'auth0|tenant-initech' } };
        if (method === 'POST') {
          isThere = true;
          return { status: 409, body: { statusCode: 409, errorCode: 'connection_conflict', message: 'x' } };
        }
        if (method === 'PATCH') {
          isEnabled = true;
          return { status: 204 };
        }
        const connections = isThere ? [{ id: 'con_1', name: 'settings', strategy: 'auth0' }] : [];
        return { status: 200, body: { connections } };
      };
      const settings = new TenantSettings(authority.management(), { database: 'settings', clientId: 'w' });
      expect(await settings.save(TENANT)).to.equal(true);
      expect([isThere, isEnabled]).to.deep.equal([true, true]);
    } finally {
      authority.close();
    }
  });

  it('holds the same settings when somebody else created them in it, too', async () => {
    const authority = await startAnswering();
    try {
      const user = { user_id: 'auth0|tenant-initech', identities: [{ connection: 'settings' }] };
      const asked: string[] = [];
      let isEnabled = false;
      authority.answer = ({ method, path }) => {
        if (path.includes('/users')) asked.push(method);
        if (path.includes('/users') && method === 'POST')
          return isEnabled
            ? { status: 409, body: { statusCode: 409, errorCode: 'auth0_idp_error', message: 'x' } }
            : { status: 400, body: { statusCode: 400, errorCode: 'inexistent_connection', message: 'x' } };
        if (path.includes('/users')) return { status: 200, body: user };
        if (method === 'PATCH') isEnabled = true;
        const connections = [{ id: 'con_1', name: 'settings', strategy: 'auth0' }];
        return method === 'PATCH' ? { status: 204 } : { status: 200, body: { connections } };
      };
      const settings = new TenantSettings(authority.management(), { database: 'settings', clientId: 'w' });
      expect(await settings.save(TENANT)).to.equal(true);
      expect(asked).to.deep.equal(['POST', 'POST', 'GET', 'PATCH']);
    } finally {
      authority.close();
    }
  });
});
