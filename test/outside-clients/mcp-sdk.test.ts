/** The client half of the MCP SDK: a tool that is told "401" by an API and finds its own way in from there. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { auth, extractWWWAuthenticateParams } from '@modelcontextprotocol/sdk/client/auth.js';
import { expect } from 'chai';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { account, callManagement, operatorToken, PASSWORD, startStandIn } from '../stand-in/account.ts';
import { CookieJar, EndedOnPage, signInByForm } from '../stand-in/sign-in-by-form.ts';
import { McpTool } from './mcp-tool.ts';

const REDIRECT = 'http://localhost:4296/done';
const ANN = { email: 'ann@example.com', password: PASSWORD };

describe('the MCP SDK at the stand-in', () => {
  let standIn: StandIn;
  let api: ProtectedApi;

  before(async () => {
    api = await serveProtectedApi();
    const seed = account();
    const scopes = [{ value: 'read:things', description: 'Read things' }];
    seed.resource_servers?.push({ identifier: api.resource, name: 'An MCP server', scopes });
    seed.client_grants?.push({
      default_for: 'third_party_clients',
      audience: api.resource,
      scope: ['read:things'],
      subject_type: 'user',
    });
    standIn = await startStandIn({ seed });
    api.trust(standIn.url);
  });
  after(async () => {
    await Promise.all([standIn?.close(), api?.close()]);
  });

  /** What the SDK's transports do when a call is answered with 401. */
  async function comeIn(tool: McpTool, authorizationCode?: string): Promise<'AUTHORIZED' | 'REDIRECT'> {
    const refused = await fetch(api.resource);
    expect(refused.status).to.equal(401);
    const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(refused);
    return auth(tool, {
      serverUrl: api.resource,
      ...(resourceMetadataUrl && { resourceMetadataUrl }),
      ...(scope !== undefined && { scope }),
      ...(authorizationCode !== undefined && { authorizationCode }),
    });
  }

  async function codeFor(tool: McpTool, cookies = new CookieJar()): Promise<string> {
    const back = await signInByForm({ authorizeUrl: tool.sentTo!, ...ANN, consent: 'accept', cookies });
    expect(back.href.startsWith(REDIRECT)).to.equal(true);
    expect(back.searchParams.get('state')).to.equal(tool.state());
    return String(back.searchParams.get('code'));
  }

  it('is sent to the authority that the API names, registered and with the API’s name', async () => {
    const tool = new McpTool({ redirectUrl: REDIRECT });
    expect(await comeIn(tool)).to.equal('REDIRECT');
    expect(tool.registered?.client_id).to.match(/^tpc_/);
    expect(tool.sentTo?.href.startsWith(`${standIn.url}authorize?`)).to.equal(true);
    expect(Object.fromEntries(tool.sentTo!.searchParams)).to.include({
      client_id: tool.registered?.client_id,
      code_challenge_method: 'S256',
      resource: api.resource,
      scope: 'read:things offline_access',
    });
  });

  it('comes back with a code and is let in, with a token for that API and no other', async () => {
    const tool = new McpTool({ redirectUrl: REDIRECT });
    await comeIn(tool);
    expect(await comeIn(tool, await codeFor(tool))).to.equal('AUTHORIZED');
    expect(decodeJwt(String(tool.tokens()?.access_token))).to.deep.include({
      iss: standIn.url,
      aud: api.resource,
      sub: 'auth0|ann',
      azp: tool.registered?.client_id,
      scope: 'read:things offline_access',
    });
    expect(await api.call(tool.tokens()?.access_token)).to.equal(200);
    // The control: a good token of the same authority's, for another API.
    expect(await api.call(await operatorToken(standIn))).to.equal(401);
  });

  it('stays in by its refresh token, without a redirect', async () => {
    const tool = new McpTool({ redirectUrl: REDIRECT });
    await comeIn(tool);
    await comeIn(tool, await codeFor(tool));
    const before = tool.tokens();
    tool.sentTo = undefined;
    expect(await comeIn(tool)).to.equal('AUTHORIZED');
    expect(tool.sentTo).to.equal(undefined);
    expect(tool.tokens()?.refresh_token).to.be.a('string').and.not.equal(before?.refresh_token);
    expect(await api.call(tool.tokens()?.access_token)).to.equal(200);
  });

  it('is out when the user takes the consent back, and has to ask again', async () => {
    const tool = new McpTool({ redirectUrl: REDIRECT });
    const cookies = new CookieJar();
    await comeIn(tool);
    await comeIn(tool, await codeFor(tool, cookies));
    const grant = [...standIn.store.grants.values()].find(
      ({ clientID }) => clientID === tool.registered?.client_id,
    );
    expect(grant).to.include({ audience: api.resource, user_id: 'auth0|ann' });
    await operatorDeletesGrant(String(grant?.id));
    tool.sentTo = undefined;
    // The SDK itself throws away tokens that are answered with invalid_grant, and begins anew.
    expect(await comeIn(tool)).to.equal('REDIRECT');
    const outcome = await signInByForm({ authorizeUrl: tool.sentTo!, ...ANN, cookies }).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(EndedOnPage);
    expect(new URL((outcome as EndedOnPage).url).pathname).to.equal('/u/consent');
  });

  async function operatorDeletesGrant(id: string): Promise<void> {
    const token = await operatorToken(standIn);
    expect((await callManagement(standIn, token, 'DELETE', `grants/${id}`)).status).to.equal(204);
  }
});

interface ProtectedApi {
  /** Its address, which is its identifier, too. */
  resource: string;
  /** Tells it whose tokens it takes. */
  trust(issuer: string): void;
  /** @returns the status of a call with this token */
  call(token: string | undefined): Promise<number>;
  close(): Promise<void>;
}

/** An API with RFC 9728 metadata, as little of one as there can be. */
async function serveProtectedApi(): Promise<ProtectedApi> {
  let issuer = '';
  let accepts = (_token: string): Promise<boolean> => Promise.resolve(false);
  const server = createServer((request, response) => {
    if (request.url === '/.well-known/oauth-protected-resource/mcp') {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ resource, authorization_servers: [issuer], scopes_supported: ['read:things'] }),
      );
      return;
    }
    void accepts((request.headers.authorization ?? '').replace('Bearer ', '')).then((accepted) => {
      if (!accepted)
        response.setHeader(
          'www-authenticate',
          `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp", scope="read:things offline_access"`,
        );
      response.writeHead(accepted ? 200 : 401).end();
    });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const resource = `${origin}/mcp`;
  return {
    resource,
    trust: (given) => {
      issuer = given;
      const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', given));
      accepts = (token) =>
        jwtVerify(token, keys, { issuer, audience: resource }).then(
          () => true,
          () => false,
        );
    },
    call: async (token) => (await fetch(resource, { headers: { authorization: `Bearer ${token}` } })).status,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
