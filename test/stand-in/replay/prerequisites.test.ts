import { expect } from 'chai';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { CONNECTION, operatorToken, startStandIn } from '../account.ts';
import type { Interaction } from './recordings.ts';
import { replayCase } from './replay.ts';

/** Made up, in the form of recordings: what is there before a case is made of what the case shows. */
describe('stand-in: replayed cases', () => {
  let standIn: StandIn;
  let token: string;
  let atFirst: string;

  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    atFirst = connections();
  });
  after(() => standIn.close());

  const connections = () => JSON.stringify([...standIn.store.connections.values()]);
  const said = (method: string, path: string, request: unknown, response: unknown): Interaction => ({
    case: 'made up',
    method,
    path: `/api/v2/${path}`,
    request,
    response,
    status: method === 'POST' ? 201 : 200,
  });
  const statuses = async (interactions: Interaction[]): Promise<string[]> =>
    (await replayCase(standIn, token, interactions)).flatMap(({ differences }) =>
      differences.filter((what) => what.startsWith('status')),
    );

  const KINDS: [path: string, list: string, shown: Record<string, string | string[]>][] = [
    ['clients', 'clients', { client_id: 'OldClientOldClientOldClientOldCl', name: 'Old' }],
    ['connections', 'connections', { id: 'con_OldConnection1', name: 'old', strategy: 'samlp' }],
    ['connections', 'connections', { id: 'con_OldConnection2', name: CONNECTION, strategy: 'auth0' }],
    ['roles', 'roles', { id: 'rol_OldRoleOldRole12', name: 'old' }],
    ['resource-servers', 'resource_servers', { id: '0123456789abcdef01234567', identifier: 'urn:old' }],
    ['client-grants', 'client_grants', { id: 'cgr_OldGrantOldGrant', client_id: 'web', audience: 'urn:old' }],
  ];
  for (const [path, list, shown] of KINDS) {
    const id = String(shown['id'] ?? shown['client_id']);
    const change = path === 'client-grants' ? { scope: [] } : path === 'connections' ? {} : { name: 'New' };
    const one = `${path}/${id}`;
    const listings: [how: string, interactions: Interaction[]][] = [
      ['listed', [said('GET', path, null, [shown])]],
      ['in an envelope', [said('GET', `${path}?include_totals=true`, null, { total: 1, [list]: [shown] })]],
      ['read', path === 'client-grants' ? [] : [said('GET', one, null, shown)]],
      ['only changed', []],
    ];
    for (const [how, interactions] of listings)
      it(`find ${path} that were there (${id}): ${how}`, async () => {
        expect(await statuses([...interactions, said('PATCH', one, change, shown)])).to.deep.equal([]);
      });

    it(`leave nothing of ${path} (${id}) to the next one, and the account’s own as it was`, async () => {
      await statuses([said('PATCH', one, change, shown)]);
      expect(connections()).to.equal(atFirst);
      expect(await statuses([{ ...said('PATCH', one, change, {}), status: 404 }])).to.deep.equal([]);
    });
  }

  it('ask of databases what their time did', async () => {
    for (const [deleted_at, passwords] of [
      ['2024-10-14T11:52:57.635Z', { passwordPolicy: 'good' }],
      ['2026-07-31T11:52:57.635Z', { passwordPolicy: 'good' }],
      ['2026-08-01T11:52:57.635Z', { password_options: {} }],
    ] as const) {
      const made = said('POST', 'connections', { name: 'a', strategy: 'auth0' }, { options: passwords });
      const deleted = {
        ...said('DELETE', 'connections/con_0000000000000000', null, { deleted_at }),
        status: 202,
      };
      const [{ differences } = { differences: [''] }] = await replayCase(standIn, token, [made, deleted]);
      expect(
        differences.filter((what) => what.startsWith('without')),
        deleted_at,
      ).to.deep.equal([]);
    }
  });
});
