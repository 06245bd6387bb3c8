import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, CONNECTION, operatorToken, PASSWORD, startStandIn } from './account.ts';

/** Reported by terraform-provider-auth0: 409 `custom_domain_conflict` for a user, unless the header names a domain. */
describe('stand-in: several custom domains', () => {
  let standIn: StandIn;
  let token: string;
  beforeEach(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    for (const domain of ['login.example.com', 'login.example.org'])
      await callManagement(standIn, token, 'POST', 'custom-domains', { domain, type: 'auth0_managed_certs' });
  });
  afterEach(() => standIn.close());

  async function createUser(email: string, domain?: string): Promise<unknown[]> {
    const response = await fetch(`${standIn.url}api/v2/users`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(domain !== undefined && { 'auth0-custom-domain': domain }),
      },
      body: JSON.stringify({ connection: CONNECTION, email, password: PASSWORD }),
    });
    const { errorCode } = (await response.json()) as { errorCode?: string };
    return [response.status, errorCode];
  }

  it('have to be chosen between by the header', async () => {
    expect(await createUser('a@example.com')).to.deep.equal([409, 'custom_domain_conflict']);
    expect(await createUser('a@example.com', 'login.example.org')).to.deep.equal([201, undefined]);
    expect(await createUser('b@example.com', 'other.example')).to.deep.equal([400, 'invalid_custom_domain']);
  });

  it('need no header where one is the default, be it the account’s own', async () => {
    const { host } = new URL(standIn.url);
    for (const [index, domain] of ['login.example.com', host].entries()) {
      await callManagement(standIn, token, 'PATCH', 'custom-domains/default', { domain });
      expect(await createUser(`user${index}@example.com`)).to.deep.equal([201, undefined]);
    }
  });

  it('do not concern calls that send nothing', async () => {
    expect((await callManagement(standIn, token, 'GET', 'users')).status).to.equal(200);
  });
});
