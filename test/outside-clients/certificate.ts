/** What a stand-in that speaks https needs, and what its clients need to believe it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  /** For the stand-in. */
  tls: { key: string; cert: string };
  /** The certificate again, where NODE_EXTRA_CA_CERTS can point to. */
  file: string;
  remove(): Promise<void>;
}

export async function makeCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keyType: 'ec',
  });
  const folder = await mkdtemp(join(tmpdir(), 'trivium-certificate-'));
  const file = join(folder, 'certificate.pem');
  await writeFile(file, cert);
  return {
    tls: { key, cert },
    file,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
