/** The type of a setting, and parsers for the values of environment variables. */
import { isIP } from 'node:net';
import { parseRange, type AddressRange, type AddressRanges } from '../addresses.ts';
import { parsePlan, PLAN_FORMS, type Plan } from '../plans.ts';
import {
  parsePolicy,
  parseStatementIssuers,
  POLICY_FORMS,
  type RegistrationPolicy,
  type StatementIssuer,
} from '../registration-settings.ts';
import { wrongWithOrigin } from '../exact-address.ts';
import { ConfigFault } from './config-fault.ts';
import { secretKey } from './secret-key.ts';

export { ConfigFault };

/** Context that parsers of settings depend on. */
export interface SettingContext {
  /** Whether `NODE_ENV=development`; unset, the environment is production. */
  isDevelopment: boolean;
}

export interface Setting<T> {
  /** Description for `.env.example` and docs/configuration.md. */
  about: string;
  /** Value when unset. A setting without a default that is not optional is required. */
  default?: string;
  optional?: true;
  example?: string;
  /** Can also be given as a file, named by the variable with `_FILE` appended. */
  isSecret?: true;
  read: (text: string, context: SettingContext) => T;
}

function url(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search || parsed.hash) {
    throw new ConfigFault('must be an http or https URL without query and fragment');
  }
  // The URL appears in metadata, tokens and logs.
  if (parsed.username || parsed.password)
    throw new ConfigFault('must be a URL without user name and password');
  return text;
}

/** An origin-like base URL without a trailing slash. */
export const baseUrl = (text: string) => url(text).replace(/\/+$/, '');

/** The issuer exactly as in the `iss` claim: Auth0's ends with a slash. */
export const issuerUrl = (text: string) => url(text).replace(/\/*$/, '/');

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new ConfigFault(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

export function oneOf<const T extends string>(...values: T[]) {
  return (text: string): T => {
    const known = values.find((value) => value === text);
    if (known === undefined) throw new ConfigFault(`must be one of ${values.join(', ')}`);
    return known;
  };
}

/** One or more of these values, comma-separated; the first one is the default. */
export function listOf<const T extends string>(...values: T[]) {
  const readOne = oneOf(...values);
  return (text: string): readonly [T, ...T[]] => {
    const [first = '', ...others] = text.split(',').map((one) => one.trim());
    return [readOne(first), ...others.map(readOne)];
  };
}

/** Parses a comma-separated list; `-` means none. */
export function origins(text: string): string[] {
  if (text.trim() === '-') return [];
  return text.split(',').map((one, index) => {
    const wrong = wrongWithOrigin(one.trim());
    if (wrong)
      throw new ConfigFault(
        `must be origins such as https://app.example.com, comma-separated: number ${index + 1} ${wrong}`,
      );
    return one.trim();
  });
}

/** Parses a comma-separated list; `-` means none. */
export function addressRanges(text: string): AddressRanges {
  if (text.trim() === '-') return [];
  return text.split(',').map((one, index): AddressRange => {
    const range = parseRange(one.trim());
    if (!range)
      throw new ConfigFault(
        `must be addresses or CIDR ranges such as 10.0.0.0/8, comma-separated: number ${index + 1} is neither`,
      );
    return range;
  });
}

export function clientId(text: string): string {
  const id = text.trim();
  if (!/^[\w-]{1,128}$/.test(id)) throw new ConfigFault('must be the id of one client');
  return id;
}

export function clientIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  return ids.filter((id) => id !== '' && id !== '-');
}

/** Schemes that browsers handle themselves instead of starting a program. The rules for https and loopback have no exceptions. */
const NO_PROGRAM = /^(https?|javascript|vbscript|data|blob|file|filesystem|about|wss?|ftp):$/;

/** Parses a comma-separated list; `-` means none. */
export function redirectUris(text: string): string[] {
  if (text.trim() === '-') return [];
  return text.split(',').map((one, index) => {
    const uri = one.trim();
    if (!URL.canParse(uri) || NO_PROGRAM.test(new URL(uri).protocol) || /[#*]/.test(uri))
      throw new ConfigFault(
        `must be URIs of a program's own scheme, without fragment or wildcard, comma-separated: number ${index + 1} is not`,
      );
    return uri;
  });
}

/** Rejects the placeholder of `.env.example`. */
export function filledIn(example: string) {
  return (text: string): string => {
    if (text === example) throw new ConfigFault('is still the example: fill in your own');
    return text;
  };
}

/** Comma-separated seconds; fractions are allowed. */
export function secondsList(text: string): number[] {
  return text.split(',').map((one) => {
    const seconds = Number(one);
    if (one.trim() === '' || !(seconds > 0 && seconds <= 604_800))
      throw new ConfigFault('must be seconds, up to a week each, comma-separated');
    return seconds;
  });
}

export interface EncryptionKeys {
  /** Id of the key that encrypts new data. */
  current: string;
  byId: ReadonlyMap<string, Buffer>;
}

export function encryptionKeys(text: string): EncryptionKeys {
  const pairs = text.split(',').map((pair) => {
    const [, id, key] = /^([A-Za-z0-9_-]{1,20}):(.+)$/.exec(pair.trim()) ?? [];
    if (!id || !key) throw new ConfigFault('must be a comma-separated list of ID:KEY');
    return [id, secretKey(key)] as const;
  });
  // With a duplicate id, data encrypted with the first key could no longer be decrypted.
  const [twice] = pairs.filter(([id], index) => pairs.findIndex(([other]) => other === id) < index);
  if (twice) throw new ConfigFault(`has two keys with the id ${twice[0]}`);
  return { current: pairs[0]?.[0] ?? '', byId: new Map(pairs) };
}

export function plan(text: string): Plan {
  const known = parsePlan(text);
  if (!known) throw new ConfigFault(`must be one of ${PLAN_FORMS} such as 50,16`);
  return known;
}

export function policy(text: string): RegistrationPolicy {
  const known = parsePolicy(text);
  if (!known) throw new ConfigFault(`must be ${POLICY_FORMS}`);
  return known;
}

export function statementIssuers(text: string): StatementIssuer[] {
  const known = parseStatementIssuers(text);
  if (!known) throw new ConfigFault('must be a JSON array of {"issuer", "jwks_uri"} or {"issuer", "jwks"}');
  return known;
}

export const texts = (text: string): string[] => text.split(',').map((one) => one.trim());

/** A host name without scheme, port and path. */
export function domainName(text: string): string {
  if (!URL.canParse(`https://${text}`) || new URL(`https://${text}`).hostname !== text.toLowerCase())
    throw new ConfigFault('must be a domain name such as login.example.com');
  return text;
}

export function host(text: string): string {
  if (text !== 'localhost' && !isIP(text)) throw new ConfigFault('must be an IP address or localhost');
  return text;
}
