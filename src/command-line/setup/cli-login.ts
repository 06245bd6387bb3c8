/**
 * The access token that `auth0 login` has left: in `~/.config/auth0/config.json`, or, where there is one, in the keyring of the machine, in
 * pieces (auth0-cli, internal/config and internal/keyring). Read for the account in question only; never written, never refreshed.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsed, recordOf } from './answers.ts';

export interface CliLogin {
  /** undefined: it cannot be used */
  token: string | undefined;
  /** For people: where it is, or why it is of no use. */
  what: string;
}

/** What is left of its lifetime must be enough for a run. */
const MARGIN_MS = 60_000;
/** That many pieces auth0-cli writes at most. */
const MAX_PIECES = 50;
const KEYRING_MS = 10_000;

/** @param home folder of the user @returns undefined when nobody has logged in to this account */
export function readCliLogin(url: string, home: string | undefined, now = Date.now()): CliLogin | undefined {
  if (!home) return undefined;
  const domain = new URL(url).host;
  const path = join(home, '.config', 'auth0', 'config.json');
  const tenant = recordOf(recordOf(recordOf(contentOf(path))?.['tenants'])?.[domain]);
  if (!tenant) return undefined;
  const of = `of \`auth0 login\` for ${domain}`;
  const until = Date.parse(String(tenant['expires_at']));
  if (!(until > now + MARGIN_MS))
    return { token: undefined, what: `The access token ${of} has expired: run \`auth0 login\` again.` };
  const kept = tenant['access_token'];
  if (typeof kept === 'string' && kept !== '')
    return { token: kept, what: `The access token ${of} is used (${path}).` };
  const token = inKeyring(domain);
  if (token) return { token, what: `The access token ${of} is used (keyring of this machine).` };
  return {
    token: undefined,
    what: `The access token ${of} is in a keyring that cannot be read here: give another one.`,
  };
}

function contentOf(path: string): unknown {
  try {
    return parsed(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function inKeyring(domain: string): string | undefined {
  const pieces: string[] = [];
  for (let index = 0; index < MAX_PIECES; index += 1) {
    const piece = secretOf(`Auth0 CLI Access Token ${index}`, domain);
    if (!piece) break;
    pieces.push(piece);
  }
  return pieces.join('') || undefined;
}

/** By the programs of the desktop, as the library of auth0-cli stores it (zalando/go-keyring). */
function secretOf(service: string, user: string): string | undefined {
  const isMac = process.platform === 'darwin';
  const args = isMac
    ? ['find-generic-password', '-s', service, '-wa', user]
    : ['lookup', 'service', service, 'username', user];
  try {
    const secret = execFileSync(isMac ? '/usr/bin/security' : 'secret-tool', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: KEYRING_MS,
    }).trim();
    const [, encoded] = /^go-keyring-base64:(.*)$/.exec(secret) ?? [];
    return encoded === undefined ? secret : Buffer.from(encoded, 'base64').toString();
  } catch {
    return undefined;
  }
}
