/** An authority with clients of API keys and their grants, for tests of what happens between two calls to it. */
import type { Management } from '../../../src/auth0/management.ts';
import { startAnswering, type AnsweringAuthority, type Received, type Reply } from '../../auth0/answering.ts';

interface Client {
  name: string;
  grant?: string[];
}

export interface KeyAuthority {
  clients: Map<string, Client>;
  /** Names of the calls that were made, in order. */
  calls: string[];
  /** Runs before each call, and after it. */
  before: (call: string) => Promise<void>;
  after: (call: string) => Promise<void>;
  management(): Management;
  close(): void;
}

const SCOPES = ['a', 'b', 'c', 'x'].map((value) => ({ value }));

export async function startKeyAuthority(): Promise<KeyAuthority> {
  const answering: AnsweringAuthority = await startAnswering();
  const nothing = () => Promise.resolve();
  const clients = new Map<string, Client>();
  const authority: KeyAuthority = {
    clients,
    calls: [],
    before: nothing,
    after: nothing,
    management: () => watched(answering.management(), authority),
    close: () => answering.close(),
  };
  answering.answer = (call) => answerOf(clients, call);
  return authority;
}

function watched(management: Management, authority: KeyAuthority): Management {
  return new Proxy(management, {
    get: (target, name) => {
      const call = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        await authority.before(String(name));
        authority.calls.push(String(name));
        const answer = await call(...args);
        await authority.after(String(name));
        return answer;
      };
    },
  });
}

/** The id of a grant is that of its client. */
function answerOf(clients: Map<string, Client>, { method, path, body }: Received): Reply {
  const { pathname, searchParams } = new URL(path, 'http://authority');
  const [, , , kind, id = ''] = pathname.split('/');
  if (kind === 'resource-servers') return { status: 200, body: { scopes: SCOPES } };
  if (kind === 'clients' && method === 'POST') {
    const client_id = `new-${clients.size}`;
    clients.set(client_id, { name: String(body['name']) });
    return { status: 201, body: { client_id, client_secret: 'secret' } };
  }
  if (kind === 'client-grants' && method === 'GET') {
    const client_id = searchParams.get('client_id') ?? '';
    const scope = clients.get(client_id)?.grant;
    return { status: 200, body: { client_grants: scope ? [{ id: client_id, client_id, scope }] : [] } };
  }
  const client = clients.get(method === 'POST' ? String(body['client_id']) : id);
  if (!client) return { status: 404, body: { statusCode: 404, error: 'Not Found' } };
  if (method === 'DELETE') {
    clients.delete(id);
    return { status: 204 };
  }
  if (kind === 'clients') client.name = String(body['name']);
  else client.grant = body['scope'] as string[];
  return { status: method === 'POST' ? 201 : 200, body: {} };
}
