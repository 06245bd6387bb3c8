/** Environment files for the API, the workers and the operator. Values that somebody else has set stay. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Part } from '../context.ts';
import { quoted, readEnvironment } from '../environment-file.ts';
import { eventsTokenPath } from '../events-token.ts';
import { emptyPlan, joined, type ClientRole, type EnvironmentName, type PartPlan } from '../plan.ts';
import { keyPath } from '../signing-keys.ts';

const PURPOSE: Record<EnvironmentName, string> = {
  'api.env': 'the API starts with it',
  'workers.env': 'the workers start with it',
  'operator.env': '`trivium token` gets an operator’s access token with it',
};

export const environment: Part = ({ settings, clientIds }) => {
  const wanted = wantedFiles({ settings, clientIds });
  return Promise.resolve(joined(wanted.map(([file, values]) => planFile(settings.folder, file, values))));
};

type WantedFile = [name: EnvironmentName, values: Record<string, string | undefined>];

/** A file that would name a private key which is elsewhere is left out. */
function wantedFiles({ settings, clientIds }: Pick<Context, 'settings' | 'clientIds'>): WantedFile[] {
  const { folder, url, audience, services, metadataDocuments, events, newKeys } = settings;
  const [workers, operator] = [clientIds.get('workers'), clientIds.get('operator')];
  const account = { AUTHORITY_URL: url, AUDIENCE: audience };
  const shared = { ...account, ...(services !== undefined && { SERVICES: services }) };
  const hasKey = (role: ClientRole) => !clientIds.has(role) || newKeys || existsSync(keyPath(folder, role));
  const files: (WantedFile | false)[] = [
    [
      'api.env',
      {
        ...shared,
        ...secretsOf(folder, 'api.env'),
        PUBLIC_URL: audience,
        OPERATOR_CLIENT_IDS: operator,
        ...(metadataDocuments && { METADATA_DOCUMENTS: 'on' }),
        ...(events && { AUTH0_EVENTS_TOKEN_FILE: eventsTokenPath(folder) }),
        ...(settings.console && { CONSOLE_CLIENT_ID: clientIds.get('console') }),
      },
    ],
    hasKey('workers') && [
      'workers.env',
      {
        ...shared,
        ...secretsOf(folder, 'workers.env'),
        AUTH0_CLIENT_ID: workers,
        AUTH0_PRIVATE_KEY_FILE: keyPath(folder, 'workers'),
      },
    ],
    hasKey('operator') && [
      'operator.env',
      { ...account, OPERATOR_CLIENT_ID: operator, OPERATOR_PRIVATE_KEY_FILE: keyPath(folder, 'operator') },
    ],
  ];
  return files.filter((file) => file !== false);
}

/** Those of this file, which may have been rotated; else those of the other one; else new ones. */
function secretsOf(folder: string, file: EnvironmentName): Record<string, string> {
  const read = (name: string): Record<string, string> => {
    const { own, foreign } = readEnvironment(join(folder, name));
    return { ...own, ...foreign };
  };
  const other = read(file === 'api.env' ? 'workers.env' : 'api.env');
  const present = { ...other, ...read(file) };
  const fresh = () => randomBytes(32).toString('base64');
  return {
    ENCRYPTION_KEYS: present['ENCRYPTION_KEYS'] ?? `k1:${fresh()}`,
    HASH_KEY: present['HASH_KEY'] ?? present['HASH_KEYS'] ?? fresh(),
  };
}

function planFile(
  folder: string,
  file: EnvironmentName,
  values: Record<string, string | undefined>,
): PartPlan {
  const { own, foreign } = readEnvironment(join(folder, file));
  const item = join(folder, file);
  const open = Object.entries(values).filter(([name]) => foreign[name] === undefined);
  const missing = open.filter(([name, value]) => value === undefined || own[name] !== value);
  const findings = Object.entries(values)
    .filter(([name, value]) => value !== undefined && !isIn(foreign[name] ?? value, value))
    .map(([name]) => ({
      item,
      level: 'note' as const,
      what: `${name} is set to something else outside of the lines of setup`,
      why: 'it was not set by setup, which leaves it as it is',
      remedy: 'Remove that line, and run setup again, if it was not meant.',
    }));
  if (missing.length === 0) return { ...emptyPlan(), findings };
  const known = missing.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  // Before anything is changed.
  for (const [, value] of known) quoted(value);
  const isWhole = known.length === missing.length;
  const change = {
    item,
    what: `set ${missing.map(([name]) => name).join(', ')}`,
    why: PURPOSE[file],
    ...(isWhole && { step: { kind: 'environment' as const, file, values: Object.fromEntries(known) } }),
  };
  return { ...emptyPlan(), changes: [change], findings };
}

/** `OPERATOR_CLIENT_IDS` may name others, too. */
const isIn = (list: string, value: string) => list === value || list.split(',').includes(value);
