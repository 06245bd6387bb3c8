/** Settings of the account: recorded for terraform-provider-auth0 and go-auth0 ("TestTenantManager_CIMDAndResourceParameterProfile"). */
import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, callManagement, operatorToken, startStandIn } from './account.ts';

describe('tenants/settings of the stand-in', () => {
  let standIn: StandIn;
  let token: string;
  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const read = () => callManagement(standIn, token, 'GET', 'tenants/settings');
  const change = (body: object) => callManagement(standIn, token, 'PATCH', 'tenants/settings', body);

  it('show what was changed, and keep the rest, flags one by one', async () => {
    const { body: before } = await read();
    expect(before).to.include({ session_lifetime: 168, resource_parameter_profile: 'compatibility' });
    const { status, body } = await change({
      resource_parameter_profile: 'audience',
      friendly_name: 'Example',
      flags: { use_scope_descriptions_for_consent: true },
    });
    const {
      sandbox_versions_available: versions,
      client_id_metadata_document_supported: supported,
      ...rest
    } = before as Record<string, object>;
    expect([status, body]).to.deep.equal([
      200,
      {
        ...rest,
        resource_parameter_profile: 'audience',
        friendly_name: 'Example',
        flags: {
          ...rest['flags'],
          use_scope_descriptions_for_consent: true,
          cannot_change_enforce_client_authentication_on_passwordless_start: true,
          enforce_client_authentication_on_passwordless_start: true,
        },
      },
    ]);
    expect((await read()).body).to.deep.equal({
      ...body,
      flags: { ...rest['flags'], use_scope_descriptions_for_consent: true },
      client_id_metadata_document_supported: supported,
      sandbox_versions_available: versions,
    });
  });

  it('are taken away by null, Auth0’s own as well', async () => {
    await change({ country_codes: { mode: 'allow', list: ['US'] } });
    const changed = await change({ country_codes: null, idle_session_lifetime: null });
    for (const { body } of [changed, await read()])
      expect(body).not.to.have.any.keys('country_codes', 'idle_session_lifetime');
  });

  it('show lifetimes in hours, also those that were given in minutes', async () => {
    await change({ ephemeral_session_lifetime_in_minutes: 15, idle_session_lifetime_in_minutes: 90 });
    const { body } = await read();
    expect(body).to.include({ ephemeral_session_lifetime: 0.25, idle_session_lifetime: 1.5 });
    expect(Object.keys(body).filter((name) => name.endsWith('_in_minutes'))).to.deep.equal([]);
  });

  it('decide whether `resource` names an API, at the token endpoint as well', async () => {
    const ask = async (named: object) => {
      const response = await fetch(`${standIn.url}oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'key',
          client_secret: 'key-secret',
          ...named,
        }),
      });
      return response.status;
    };
    const [resource, audience] = [{ resource: AUDIENCE }, { audience: AUDIENCE }];
    await change({ resource_parameter_profile: 'compatibility' });
    expect([await ask(resource), await ask(audience)]).to.deep.equal([200, 200]);
    await change({ resource_parameter_profile: 'audience' });
    expect([await ask(resource), await ask(audience), await ask({ ...resource, ...audience })]).to.deep.equal(
      [403, 200, 200],
    );
  });
});
