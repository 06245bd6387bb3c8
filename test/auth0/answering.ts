/** An authority of a test's own on this machine, for answers that the stand-in does not give. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { httpCall } from '../../src/auth0/http-call.ts';
import { createManagementToken } from '../../src/auth0/management-token.ts';
import { createManagement, type Management, type ManagementSettings } from '../../src/auth0/management.ts';
import { createTokenEndpoint } from '../../src/auth0/token-endpoint.ts';

export interface Received {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
  /** Characters of the body, whatever it is. */
  size: number;
}

export interface Reply {
  status: number;
  body?: unknown;
  /** In place of `body`: no JSON. */
  text?: string;
  headers?: Record<string, string>;
}

export interface AnsweringAuthority {
  /** Calls to the Management API, in order. */
  received: Received[];
  /** Tokens that were issued, in order. */
  issued: string[];
  /** How the Management API answers from now on. */
  answer: (call: Received) => Reply;
  /** How the token endpoint does; undefined: it issues a token. */
  answerToken: (() => Reply) | undefined;
  /** How far the worker's clock has gone on, ms. */
  aheadMs: number;
  management(settings?: Partial<ManagementSettings>): Management;
  close(): void;
}

const CALL_MS = 5_000;

export async function startAnswering(): Promise<AnsweringAuthority> {
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      const {
        status,
        body,
        text: said,
        headers = {},
      } = reply(request.method!, request.url!, request.headers, sent);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(said ?? (body === undefined ? undefined : JSON.stringify(body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authorityUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  function reply(method: string, path: string, headers: Received['headers'], sent: string): Reply {
    if (path === '/oauth/token') {
      if (authority.answerToken) return authority.answerToken();
      const token = `token-${authority.issued.length + 1}`;
      authority.issued.push(token);
      return { status: 200, body: { access_token: token, expires_in: 86_400 } };
    }
    const body = sent.startsWith('{') ? (JSON.parse(sent) as Record<string, unknown>) : {};
    const call = { method, path, headers, body, size: sent.length };
    authority.received.push(call);
    return authority.answer(call);
  }

  const authority: AnsweringAuthority = {
    received: [],
    issued: [],
    answer: () => ({ status: 200, body: {} }),
    answerToken: undefined,
    aheadMs: 0,
    management: (settings = {}) => {
      const tokens = createTokenEndpoint(authorityUrl);
      const client = { clientId: 'worker', proof: () => 'secret' };
      const now = () => Date.now() + authority.aheadMs;
      const token = createManagementToken({ authorityUrl, ...client, tokens, now });
      return createManagement({ authorityUrl, token, ...settings })((url, init) =>
        httpCall(url, init, CALL_MS),
      );
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return authority;
}
