/** `trivium adopt` as an operator runs it. */
import { expect } from 'chai';
import { readFileSync, rmSync } from 'node:fs';
import { existingUsers, metadataOf } from '../support/adoptions.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { aSharedTenant, newTenantId } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { deskOf, type Desk } from './trivium.ts';

describe('trivium adopt', () => {
  let desk: Desk;
  let tenant: string;
  const token = async () => ({ TRIVIUM_OPERATOR_TOKEN: (await operator()).slice('Bearer '.length) });
  const run = async (...args: string[]) => desk.run(['adopt', ...args], await token());

  before(async function () {
    this.timeout(WORLD_MS);
    desk = await deskOf('acme');
  });
  beforeEach(async () => {
    tenant = (await aSharedTenant()).id;
  });
  afterEach(async () => (await world()).control.clearFaults());
  // Where one fails, the next ones begin with nothing.
  afterEach(() => desk.remembered().forEach((path) => rmSync(path)));
  after(() => desk?.clear());

  it('users: says in a dry run what it would do, then does it and saves the report', async () => {
    const { query, ids } = await existingUsers(3);
    const { ids: foreign } = await existingUsers(1, { app_metadata: { tenant_id: 'globex' } });
    const who = ['--tenant', tenant, '--query', `${query} OR user_id:"${foreign[0]}"`];
    const dry = await run('users', ...who, '--dry-run');
    expect(dry.code, dry.stderr).to.equal(3);
    expect(dry.stdout).to.match(
      new RegExp(`^Dry run: 3 would become users of ${tenant}, 0 are already, 1 would`),
    );
    expect(dry.stdout).to.match(/\(belongs_to_other_tenant\)\nIt takes about 8 calls/);
    expect(await metadataOf(ids[0]!)).to.deep.equal({});

    const out = `${desk.folder}/report.csv`;
    const done = await run('users', ...who, '--roles', 'member', '--out', out);
    expect([done.code, done.stdout.split('\n')[0]], done.stderr).to.deep.equal([
      3,
      `3 became users of ${tenant}, 0 were already, 1 were refused.`,
    ]);
    expect(await metadataOf(ids[0]!)).to.deep.equal({ tenant_id: tenant, roles: ['member'] });
    const lines = desk.read('report.csv').trim().split('\r\n');
    expect(lines[0]).to.equal('user_id,outcome,code,message');
    expect(lines).to.include(`${ids[1]},adopted,,`);
    expect(
      lines.filter((line) => line.startsWith(`${foreign[0]},refused,belongs_to_other_tenant,`)),
    ).to.have.lengthOf(1);
    expect(desk.modeOf(out)).to.equal('600');
    expect(done.stderr).not.to.include('keeps the roles');
    const again = await run('users', ...who, '--roles', 'admin');
    expect(again.stdout).to.include('0 became users');
    expect(again.stderr).to.include(`Who was a user of ${tenant} already keeps the roles`);
    expect(await metadataOf(ids[0]!)).to.deep.equal({ tenant_id: tenant, roles: ['member'] });
    expect(desk.remembered()).to.deep.equal([]);
  });

  it('users: takes ids from a file, and prints JSON', async () => {
    const { ids } = await existingUsers(2);
    const file = desk.file('ids.txt', `${ids[0]}\r\n\n${ids[1]}\n`);
    const out = `${desk.folder}/report.json`;
    const { code, stdout, stderr } = await run(
      'users',
      '--tenant',
      tenant,
      '--ids',
      file,
      '--json',
      '--out',
      out,
    );
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ tenant_id: tenant, dry_run: false, adopted: 2, refused: 0 });
    expect(JSON.parse(desk.read('report.json'))).to.deep.equal(
      ids.map((user_id) => ({ user_id, outcome: 'adopted' })),
    );
  });

  it('users: goes on where it was interrupted', async () => {
    const { query, ids } = await existingUsers(15);
    const { control } = await world();
    const effect = { kind: 'answer', status: 503 } as const;
    await control.addFault({ method: 'PATCH', path: '/api/v2/users/{id}', skip: 3, effect });
    const args = ['adopt', 'users', '--tenant', tenant, '--query', query, '--json'];
    const running = desk.start(args, await token());
    await until(async () => (await control.faults()).some(({ hits }) => hits > 0));
    const remembered = () => {
      const [path] = desk.remembered();
      if (path === undefined) return undefined;
      return (JSON.parse(readFileSync(path, 'utf8')) as { import_id?: string }).import_id;
    };
    await until(() => remembered() !== undefined);
    const adoption = remembered()!;
    running.kill('SIGINT');
    const first = await running.ended;
    expect([first.code, first.stdout]).to.deep.equal([130, '']);
    expect(first.stderr).to.include(`Adoption ${adoption} continues on the server.`);
    await control.clearFaults();
    const second = await desk.run(args, await token());
    expect(second.code, second.stderr).to.equal(0);
    expect(JSON.parse(second.stdout)).to.deep.include({ adoptions: [adoption], adopted: 15, already: 0 });
    for (const userId of ids) expect(await metadataOf(userId)).to.include({ tenant_id: tenant });
    const third = await desk.run(args, await token());
    expect(JSON.parse(third.stdout)).to.include({ adopted: 0, already: 15 });
  });

  it('clients: makes keys of them, and does not stop at one that is refused', async () => {
    const { clients } = await management();
    const { client_id, client_secret } = await clients.create({
      name: `Existing ${newTenantId()}`,
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
    });
    const args = [
      'clients',
      'nobody',
      client_id!,
      '--tenant',
      tenant,
      '--as',
      'api-key',
      '--scopes',
      'read:tenant',
    ];
    const { code, stdout, stderr } = await run(...args);
    expect(code, stderr).to.equal(3);
    expect(stdout).to.match(/^nobody: refused\n {2}Unknown client \(unknown_client, 422\)/);
    expect(stdout)
      .to.include(`${client_id} (`)
      .and.include(`became an API key of ${tenant}\n  scopes: read:tenant\n`);
    expect(stdout + stderr).to.not.include(client_secret!);
    const again = await run('clients', client_id!, '--tenant', tenant, '--as', 'api-key', '--json');
    expect(again.code).to.equal(0);
    expect(JSON.parse(again.stdout)[0]).to.include({ outcome: 'already', as: 'api_key' });
  });

  const wrong: [what: string, args: string[], env: Record<string, string>, code: number, says: RegExp][] = [
    ['no token', ['--query', '*'], { TRIVIUM_OPERATOR_TOKEN: '' }, 1, /TRIVIUM_OPERATOR_TOKEN/],
    ['a token of nobody', ['--query', '*'], { TRIVIUM_OPERATOR_TOKEN: 'x' }, 2, /401\)/],
    ['neither query nor ids', [], {}, 1, /--query or --ids/],
    ['no such file', ['--ids', '/nowhere/ids'], {}, 1, /cannot be read/],
    ['no address', ['--query', '*'], { TRIVIUM_URL: '' }, 1, /^Where is the API/],
    ['a report of another kind', ['--query', '*', '--out', 'x.txt'], {}, 1, /\.csv or \.json/],
    ['a query that is none', ['--query', 'email:['], {}, 2, /does not accept this query/],
  ];
  for (const [what, args, env, code, says] of wrong)
    it(`users: refuses ${what}`, async () => {
      const all = { ...(await token()), ...env };
      const ended = await desk.run(['adopt', 'users', '--tenant', tenant, ...args], all);
      expect([ended.code, ended.stdout], ended.stderr).to.deep.equal([code, '']);
      expect(ended.stderr).to.match(says);
      expect(desk.remembered()).to.deep.equal([]);
    });
});
