/** A service as the gateway uses it, from its entry in the file of `SERVICES`. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Service } from '../service.ts';
import { ServicesFault } from './services-fault.ts';
import type { ServicesFile } from './services-file.ts';
import { readDuration } from './units.ts';

/**
 * @param name one of the file's services
 * @param scopes that its operations are opened with
 */
export function serviceOf(
  { file, services }: ServicesFile,
  name: string,
  scopes: ReadonlySet<string>,
): Service {
  const entry = services[name];
  if (!entry) throw new Error(`${file.name} has no service ${name}`);
  const wrong = [entry.url].flat().filter((url) => !URL.canParse(url));
  if (wrong.length > 0)
    throw new ServicesFault(
      wrong.map((url) => file.fault(['services', name, 'url'], `${url} is not a valid URL`)),
    );
  return {
    name,
    urls: [entry.url].flat().map((url) => url.replace(/\/+$/, '')),
    prefix: entry.prefix,
    stripsPrefix: !entry.keepPrefix,
    ca:
      entry.ca === undefined
        ? undefined
        : readCertificates(file.name, entry.ca, (text) => file.fault(['services', name, 'ca'], text)),
    answers: entry.answers ?? 'off',
    cookies: entry.cookies ?? false,
    plainFields: entry.plainHeaders ?? false,
    scopes,
    concurrency: entry.maxConcurrent ?? 100,
    connectMs: readDuration(entry.connectTimeout ?? '2s'),
  };
}

function readCertificates(servicesFile: string, name: string, fault: (text: string) => string): string {
  const path = resolve(dirname(servicesFile), name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ServicesFault([fault(`${path} cannot be read`)]);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new ServicesFault([fault(`${path} holds no certificate in PEM`)]);
  return text;
}
