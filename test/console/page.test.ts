/** The page of the console and its files, as browsers get them. */
import { expect } from 'chai';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('the console', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('is a page without inline scripts, which loads files of this API only', async () => {
    const { status, headers, body } = await call('GET', '/console');
    expect(status).to.equal(200);
    expect(headers.get('cache-control')).to.equal('no-store');
    const policy = headers.get('content-security-policy')!.split(';');
    expect(policy).to.include.members([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ]);
    const { authority } = await world();
    expect(policy).to.include(`connect-src 'self' ${new URL(authority).origin}`);
    expect(body).to.not.match(/<script(?![^>]* src=)|style=|\son\w+=/);
    const files = [...String(body).matchAll(/(?:src|href|worker-url)="(\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files).to.have.length(3);
    for (const file of files) {
      const answer = await call('GET', file);
      expect([answer.status, answer.headers.get('cache-control')], file).to.deep.equal([
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
  });

  it('takes what the authority sends people back with', async () => {
    for (const query of [
      'code=a&state=b',
      'error=access_denied&error_description=No&state=b',
      'connection=x',
    ])
      expect((await call('GET', `/console?${query}`)).status, query).to.equal(200);
  });

  it('has no files but its own', async () => {
    for (const name of ['manifest.json', 'other.js', '..%2Fmain.tsx', '%2Fetc%2Fpasswd', '__proto__'])
      expect((await call('GET', `/console-files/${name}`)).status, name).to.equal(404);
  });

  it('is not there without a client', async () => {
    const { startApi } = await world();
    const api = await startApi('api-without-console', {
      PORT: '0',
      CONSOLE_CLIENT_ID: '',
      OPERATORS_FROM: '',
    });
    try {
      const { status } = await fetch(`${api.url}/console`);
      expect(status).to.equal(404);
    } finally {
      await api.stop();
    }
  });
});
