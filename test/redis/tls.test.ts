/** Redis by TLS with a certificate authority of its own, and a client certificate that it asks for. */
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAuditConfig } from '../../src/config.ts';
import { connectForCommands, untilReady } from '../../src/redis/connections.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { makeCertificate, type Certificate } from '../outside-clients/certificate.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';

const ENCRYPTION_KEYS = `k1:${createHash('sha256').update('tls').digest('base64')}`;

describe('Redis by TLS', () => {
  let certificate: Certificate;
  let other: Certificate;
  let keyFile: string;
  let server: RedisServer;
  let port: number;

  before(async function () {
    this.timeout(60_000);
    [certificate, other, port] = await Promise.all([makeCertificate(), makeCertificate(), anyFreePort()]);
    keyFile = join(certificate.file, '..', 'key.pem');
    await writeFile(keyFile, certificate.tls.key);
    const { file } = certificate;
    server = await redisServer([
      '--tls-port',
      String(port),
      '--tls-ca-cert-file',
      file,
      '--tls-cert-file',
      file,
      '--tls-key-file',
      keyFile,
      '--tls-auth-clients',
      'yes',
    ]);
  });
  after(async () => {
    await server?.stop();
    await certificate?.remove();
    await other?.remove();
  });

  async function ping(given: Record<string, string>): Promise<string> {
    const config = readAuditConfig({ ENCRYPTION_KEYS, REDIS_URL: `rediss://localhost:${port}`, ...given });
    const redis = connectForCommands(config);
    const refused = new Promise<never>((_, reject) => redis.on('error', reject));
    try {
      await Promise.race([untilReady(redis, 20_000), refused]);
      return await redis.ping();
    } catch (error) {
      return error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
    } finally {
      redis.disconnect();
    }
  }

  it('takes its authority, certificate and key from files', async function () {
    this.timeout(60_000);
    const client = { REDIS_TLS_CERT_FILE: certificate.file, REDIS_TLS_KEY_FILE: keyFile };
    expect(await ping({ ...client, REDIS_TLS_CA_FILE: certificate.file })).to.equal('PONG');
    const byAddress = { REDIS_URL: `rediss://127.0.0.1:${port}`, REDIS_TLS_SERVER_NAME: 'localhost' };
    expect(await ping({ ...client, ...byAddress, REDIS_TLS_CA_FILE: certificate.file })).to.equal('PONG');
  });

  it('refuses another authority, another name, and a client without a certificate', async function () {
    this.timeout(60_000);
    const client = { REDIS_TLS_CERT_FILE: certificate.file, REDIS_TLS_KEY_FILE: keyFile };
    const ca = { REDIS_TLS_CA_FILE: certificate.file };
    expect(await ping({ ...client, REDIS_TLS_CA_FILE: other.file })).to.match(/certificate|signature/i);
    expect(await ping({ ...client, ...ca, REDIS_TLS_SERVER_NAME: 'redis.example' })).to.match(
      /altnames|ALTNAME/,
    );
    expect(await ping(ca)).to.not.equal('PONG');
  });

  it('needs the key of its certificate', () => {
    const given = { ENCRYPTION_KEYS, REDIS_URL: `rediss://localhost:${port}` };
    const read = (more: Record<string, string>) => () => readAuditConfig({ ...given, ...more });
    expect(read({ REDIS_TLS_CERT_FILE: certificate.file })).to.throw(
      /belong together: one of them is missing/,
    );
    const pair = { REDIS_TLS_CERT_FILE: other.file, REDIS_TLS_KEY_FILE: keyFile };
    expect(read(pair)).to.throw(/^REDIS_TLS_KEY_FILE names another key than that of the certificate/);
  });
});
