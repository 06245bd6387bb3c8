/** Email domains of a tenant: given by the operator only, to one tenant only. */
import { expect } from 'chai';
import { operator } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { aTenant, removeTenant, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('email domains of a tenant', () => {
  let one: MadeTenant;
  let other: MadeTenant;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    [one, other] = [await aTenant(), await aTenant()];
  });

  async function give({ path }: Pick<MadeTenant, 'path'>, email_domains: unknown): Promise<Answer> {
    const as = await operator();
    const { headers } = await call('GET', path, { as });
    return call('PATCH', path, {
      as,
      headers: { 'if-match': headers.get('etag')! },
      body: { email_domains },
    });
  }
  const domainsOf = async ({ path }: MadeTenant, api: 0 | 1 = 1) =>
    (await call('GET', path, { as: await operator(), api })).body.email_domains as unknown;

  it('are none until the operator gives some, and those that were given last', async () => {
    expect(await domainsOf(one)).to.deep.equal([]);
    const given = [`${one.id}.example`, `mail.${one.id}.example`, `xn--bcher-kva.${one.id}.example`];
    const { status, body } = await give(one, given);
    expect([status, body.email_domains]).to.deep.equal([200, given]);
    expect(await domainsOf(one)).to.deep.equal(given);
    expect((await give(one, [given[1]])).body.email_domains).to.deep.equal([given[1]]);
    expect((await give(one, [])).body.email_domains).to.deep.equal([]);
    const longest = Array.from({ length: 4 }, (_, i) => `${i}${'a'.repeat(62)}`.slice(0, 55) + '.example');
    expect([longest.join(' ').length, (await give(one, longest)).status]).to.deep.equal([255, 200]);
  });

  const wrong: [name: string, domains: unknown, status?: number][] = [
    ['in upper case', ['Acme.example']],
    ['that is an address', ['ann@acme.example']],
    ['that begins with @', ['@acme.example']],
    ['with a star', ['*.acme.example']],
    ['that ends with a dot', ['acme.example.']],
    ['that begins with a dot', ['.acme.example']],
    ['with an empty label', ['acme..example']],
    ['of one label', ['localhost']],
    ['that is a number', ['127.0.0.1']],
    ['with a port', ['acme.example:80']],
    ['with a hyphen at an end', ['acme-.example']],
    ['that is not in Punycode', ['bücher.example']],
    ['with a line break', ['acme.example\n']],
    ['with a blank', ['acme.example b.example']],
    ['that is empty', ['']],
    ['that is no text', [7]],
    ['twice', ['acme.example', 'acme.example']],
    ['as a text', 'acme.example'],
    ['as null', null],
    ['of which there are too many', Array.from({ length: 21 }, (_, i) => `d${i}.example`)],
    ['that are too long together', Array.from({ length: 5 }, (_, i) => `${i}${'a'.repeat(45)}.example`)],
  ];
  for (const [name, domains] of wrong)
    it(`are refused ${name}`, async () => {
      const before = await domainsOf(one);
      const { status, body } = await give(one, domains);
      expect([status, body.code]).to.deep.equal([422, 'invalid_body']);
      expect(body.errors[0].pointer).to.match(/^\/email_domains/);
      expect(await domainsOf(one)).to.deep.equal(before);
    });

  it('belong to one tenant at a time', async () => {
    const domain = `shared-${one.id}.example`;
    expect((await give(one, [domain])).status).to.equal(200);
    const clash = await give(other, [`own-${other.id}.example`, domain]);
    expect([clash.status, clash.body.code]).to.deep.equal([409, 'email_domain_taken']);
    expect(JSON.stringify(clash.body)).to.not.include(one.id);
    expect(await domainsOf(other)).to.deep.equal([]);
    expect((await give(one, [])).status).to.equal(200);
    const both = await Promise.all([give(one, [domain]), give(other, [domain])]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('are free again when their tenant is gone', async () => {
    const gone = await aTenant();
    const domain = `${gone.id}.example`;
    expect((await give(gone, [domain])).status).to.equal(200);
    await removeTenant(gone.id, 'delete');
    expect((await give(other, [domain])).status).to.equal(200);
  });

  it('are nothing that a tenant’s own people see or change', async () => {
    const { body, headers } = await call('GET', '/v1/tenant', { as: one.key });
    expect(body).to.not.have.property('email_domains');
    const changed = await call('PATCH', '/v1/tenant', {
      as: one.key,
      headers: { 'if-match': headers.get('etag')! },
      body: { email_domains: ['a.example'] },
    });
    expect(changed.status).to.equal(422);
  });
});
