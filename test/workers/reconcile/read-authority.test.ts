import { expect } from 'chai';
import { readAuthority } from '../../../workers/reconcile/read-authority.ts';
import { startAnswering, type AnsweringAuthority, type Received } from '../../auth0/answering.ts';

const COUNT = 250;
const ids = Array.from({ length: COUNT }, (_, index) => `client-${index}`);

/** As Auth0: fifty unless told otherwise, at most a hundred; client grants have checkpoints, clients have pages. */
function pageOf({ path }: Received): object {
  const { pathname, searchParams: query } = new URL(path, 'http://authority.example');
  const size = (name: string) => Math.min(Number(query.get(name) ?? 50), 100);
  if (pathname.endsWith('/client-grants')) {
    const start = Number(query.get('from') ?? 0);
    const found = ids.slice(start, start + size('take'));
    const client_grants = found.map((client_id) => ({ client_id, scope: ['read:users'] }));
    return { client_grants, next: String(start + found.length) };
  }
  const start = Number(query.get('page')) * size('per_page');
  const found = ids.slice(start, start + size('per_page'));
  const clients = found.map((client_id) => ({ client_id, client_metadata: { kind: 'tenant' } }));
  return { clients, start, limit: size('per_page'), total: COUNT };
}

describe('what the authority has', () => {
  let authority: AnsweringAuthority;
  before(async () => {
    authority = await startAnswering();
    authority.answer = (call) => ({ status: 200, body: pageOf(call) });
  });
  after(() => authority.close());

  it('is read to the last page: clients and client grants', async () => {
    const { clients, grants } = await readAuthority(authority.management(), 'https://api.example/');
    expect([...clients.keys()]).to.have.members(ids);
    expect([...grants.keys()]).to.have.members(ids);
  });
});
