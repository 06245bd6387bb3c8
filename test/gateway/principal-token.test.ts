import { expect } from 'chai';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { principalFields } from '../../src/gateway/principal-fields.ts';
import { createPrincipalTokens } from '../../src/gateway/principal-token.ts';
import { generateStoredKeyPair, signingKeyOf } from '../../src/gateway/signing-key.ts';
import type { Principal } from '../../src/principal.ts';
import { APP, operationNamed, TENANT, USER } from '../support/principal-issuer.ts';

const ISSUER = 'https://api.example.com';
const key = signingKeyOf(generateStoredKeyPair());
const tokens = createPrincipalTokens({ current: () => key }, ISSUER);
const listOrders = operationNamed('listOrders');

const verified = (token: string, keys = [key.publicJwk]) => jwtVerify(token, createLocalJWKSet({ keys }));

async function claimsOf(principal: Principal) {
  const { payload } = await verified(tokens.issue(principal, listOrders));
  const { iat, exp, ...claims } = payload;
  expect(exp! - iat!).to.equal(60);
  return claims;
}

const common = { iss: ISSUER, aud: 'orders', operation: 'listOrders' };

describe('principal tokens', () => {
  it('name their type, algorithm and key', async () => {
    const { protectedHeader } = await verified(tokens.issue(USER, listOrders));
    expect(protectedHeader).to.deep.equal({ alg: 'ES256', typ: 'principal+jwt', kid: key.kid });
  });

  it('say of a user who it is, of which tenant, in which app, with which roles', async () => {
    expect(await claimsOf(USER)).to.deep.equal({
      ...common,
      kind: 'user',
      tenant_id: 'acme',
      client_id: 'spa-1',
      sub: 'auth0|ada',
      scopes: ['read:orders', 'write:orders'],
      roles: ['member', 'accountant'],
    });
  });

  it('say of an API key its client, and no roles', async () => {
    expect(await claimsOf(TENANT)).to.deep.equal({
      ...common,
      kind: 'tenant',
      tenant_id: 'acme',
      client_id: 'key-1',
      sub: 'key-1',
      scopes: ['read:orders'],
    });
  });

  it('say of an app for which user it acts, and nothing of what it may not do now', async () => {
    expect(await claimsOf(APP)).to.deep.equal({
      ...common,
      kind: 'app',
      tenant_id: 'globex',
      client_id: 'app-1',
      sub: 'auth0|grace',
      scopes: ['read:orders'],
      roles: ['member'],
      act: { sub: 'app-1' },
    });
  });

  it('say nothing of scopes that the service has nothing to do with', async () => {
    const scopes = ['read:users', 'read:orders', 'manage:api_keys', 'read:bills'];
    expect((await claimsOf({ ...TENANT, scopes })).scopes).to.deep.equal(['read:orders']);
    const fields = principalFields({ ...TENANT, scopes }, listOrders.service);
    expect(fields[fields.indexOf('X-Scopes') + 1]).to.equal('read:orders');
  });

  it('begin now', async () => {
    const before = Math.floor(Date.now() / 1000) - 1;
    const { payload } = await verified(tokens.issue(USER, listOrders));
    expect(payload.iat).to.be.within(before, Math.floor(Date.now() / 1000) + 1);
  });

  it('are each of their own caller, operation, service and request, in whatever order they are issued', async () => {
    const getOrder = operationNamed('getOrder');
    const getBill = operationNamed('getBill', 'billing');
    for (let round = 0; round < 2; round += 1)
      for (const operation of [listOrders, getOrder, getBill])
        for (const principal of [USER, TENANT, APP]) {
          const { payload } = await verified(tokens.issue(principal, operation));
          expect(payload).to.include({
            aud: operation.service.name,
            operation: operation.operationId,
            kind: principal.kind,
            client_id: principal.clientId,
          });
        }
  });

  it('keep values that would end a text in JSON', async () => {
    const strange = { ...USER, userId: 'auth0|"},"tenant_id":"globex', tenantId: 'ä\\"\u2028' };
    const { payload } = await verified(tokens.issue(strange, listOrders));
    expect(payload).to.include({
      sub: strange.userId,
      tenant_id: strange.tenantId,
      kind: 'user',
    });
  });

  it('are signed with the key that signs now', async () => {
    const next = signingKeyOf(generateStoredKeyPair());
    let current = key;
    const rotating = createPrincipalTokens({ current: () => current }, ISSUER);
    await verified(rotating.issue(USER, listOrders));
    current = next;
    const { protectedHeader } = await verified(rotating.issue(USER, listOrders), [
      key.publicJwk,
      next.publicJwk,
    ]);
    expect(protectedHeader.kid).to.equal(next.kid);
  });

  it('are used again for half their life, as long as nothing has changed', () => {
    let now = Date.UTC(2026, 10, 30);
    let current = key;
    const reusing = createPrincipalTokens({ current: () => current }, ISSUER, () => now);
    const first = reusing.issue(USER, listOrders);
    now += 29_000;
    expect(reusing.issue(USER, listOrders)).to.equal(first);
    // What a principal may do changes by another object.
    expect(reusing.issue({ ...USER, scopes: [] }, listOrders)).to.not.equal(first);
    expect(reusing.issue(USER, operationNamed('listOrders'))).to.not.equal(first);
    now += 1_000;
    const second = reusing.issue(USER, listOrders);
    expect(second).to.not.equal(first);
    current = signingKeyOf(generateStoredKeyPair());
    expect(reusing.issue(USER, listOrders)).to.not.equal(second);
  });
});
