/** Mails go to nobody, unless the import asks for them: as the authority saw it. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, upload } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('mails to users of an import', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  async function mailsFor(query: string): Promise<string[]> {
    const id = randomUUID();
    const [taken, fresh, verified] = ['taken', 'fresh', 'verified'].map(
      (name) => `${name}-${id}@mails.example`,
    );
    await call('POST', '/v1/users', { as: await apiKey('acme'), body: { email: taken } });
    const path = await accepted(
      [
        { email: taken },
        { email: fresh },
        { email: verified, email_verified: true },
        { email: `weak-${id}@mails.example`, password: 'password' },
      ],
      { query },
    );
    const { counts, send_verification_email } = await ended(path);
    expect(counts).to.include({ created: 2, skipped: 1, failed: 1 });
    expect(send_verification_email).to.equal(query === '' ? undefined : true);
    const { control } = await world();
    return (await control.mails()).flatMap(({ to }) => (to.includes(id) ? [to.split('-')[0]!] : []));
  }

  it('are none', async () => {
    expect(await mailsFor('')).to.deep.equal([]);
  });

  it('are sent when asked for, to those who are new and whose address is not verified', async () => {
    expect(await mailsFor('?send_verification_email=true')).to.deep.equal(['fresh']);
  });

  it('cannot be asked for where none can be sent', async () => {
    const body = [{ email: `${randomUUID()}@mails.example` }];
    const { status, body: problem } = await upload(body, {
      query: '?send_verification_email=true&channel=import_jobs',
    });
    expect([status, problem.code]).to.deep.equal([400, 'invalid_parameter']);
  });
});
