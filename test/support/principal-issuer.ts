/** Issues principal tokens as the gateway does, and publishes the key at an address of its own. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPrincipalTokens } from '../../src/gateway/principal-token.ts';
import type { ServiceOperation } from '../../src/gateway/service.ts';
import { generateStoredKeyPair, signingKeyOf, type SigningKey } from '../../src/gateway/signing-key.ts';
import type { AppPrincipal, Principal, TenantPrincipal, UserPrincipal } from '../../src/principal.ts';

export const USER: UserPrincipal = {
  kind: 'user',
  tenantId: 'acme',
  clientId: 'spa-1',
  userId: 'auth0|ada',
  scopes: ['read:orders', 'write:orders'],
  roles: ['member', 'accountant'],
};
export const TENANT: TenantPrincipal = {
  kind: 'tenant',
  tenantId: 'acme',
  clientId: 'key-1',
  scopes: ['read:orders'],
};
export const APP: AppPrincipal = {
  kind: 'app',
  tenantId: 'globex',
  clientId: 'app-1',
  userId: 'auth0|grace',
  scopes: ['read:orders'],
  roles: ['member'],
  grantedScopes: ['read:orders', 'read:reports'],
};

/** An operation of a service `orders`, as the gateway has them. */
export function operationNamed(operationId: string, service = 'orders'): ServiceOperation {
  return {
    service: {
      name: service,
      urls: ['http://127.0.0.1:1'],
      prefix: `/${service}`,
      stripsPrefix: true,
      ca: undefined,
      answers: 'log',
      cookies: false,
      plainFields: false,
      scopes: new Set(['read:orders', 'write:orders']),
      concurrency: 100,
      connectMs: 2_000,
    },
    operationId,
    id: `${service}.${operationId}`,
    method: 'get',
    path: '/orders',
    competing: [],
    firstByteMs: 30_000,
    idleMs: 60_000,
    isStream: false,
    isWebSocket: false,
    keepsAnswers: false,
    maxBytes: 1_048_576,
  };
}

export interface PrincipalIssuer {
  /** `iss` of its tokens, and where its key set is. */
  url: string;
  key: SigningKey;
  /** A token that the service `orders` accepts. */
  tokenFor(principal: Principal): string;
  /** How often its keys were fetched. */
  fetches(): number;
  /** What `/.well-known/jwks.json` is answered with from now on: 200 unless changed. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

export async function startPrincipalIssuer(): Promise<PrincipalIssuer> {
  const key = signingKeyOf(generateStoredKeyPair());
  let fetches = 0;
  let status = 200;
  const server = createServer((req, res) => {
    fetches += 1;
    res.statusCode = req.url === '/.well-known/jwks.json' ? status : 404;
    res.end(JSON.stringify({ keys: [key.publicJwk] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = createPrincipalTokens({ current: () => key }, url);
  const operation = operationNamed('listOrders');
  return {
    url,
    key,
    tokenFor: (principal) => tokens.issue(principal, operation),
    fetches: () => fetches,
    answerWith: (next) => (status = next),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
