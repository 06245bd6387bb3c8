/** What the account shall be like: from options, and from what an earlier run has written. */
import { join, resolve } from 'node:path';
import { isLoopback } from '../api.ts';
import { readEnvironment } from './environment-file.ts';
import { SetupFailure } from './failure.ts';
import { API_SCOPES } from './generated-account.ts';
import { refuseForeignFolder } from './private-file.ts';
import { servicesScopes, type ScopeText } from './services-scopes.ts';

export interface Settings {
  /** Of the account, with a trailing slash: the issuer. */
  url: string;
  audience: string;
  /** Identifier of the Management API in this account. */
  managementAudience: string;
  /** Where keys and environment files are. */
  folder: string;
  /** Those of the contract, and those of the services. */
  scopes: readonly ScopeText[];
  /** Absolute path of the file of `SERVICES`. */
  services: string | undefined;
  metadataDocuments: boolean;
  /** Whether an event stream delivers to the API. */
  events: boolean;
  /** Whether people sign in to the console. */
  console: boolean;
  /** Of the API. */
  publicUrl: string;
  sharedDatabase: string | undefined;
  /** Requests to the Authentication API, for all third-party clients together; undefined: no policy of ours. */
  thirdPartyRateLimit: number | undefined;
  /** `AUTH0_CUSTOM_DOMAIN` of the workers. */
  customDomain: string | undefined;
  /** Whether the workers get the scopes that their own comparison needs. */
  checkByWorkers: boolean;
  newKeys: boolean;
  replaceActions: boolean;
}

export interface SetupOptions {
  domain?: string;
  audience?: string;
  folder: string;
  services?: string;
  metadataDocuments?: boolean;
  events?: boolean;
  console?: boolean;
  sharedDatabase?: string;
  checkByWorkers?: boolean;
  thirdPartyRateLimit?: string;
  newKeys: boolean;
  replaceActions: boolean;
}

/** @param ask for what nothing says, on a terminal @throws SetupFailure */
export async function readSettings(
  options: SetupOptions,
  ask: (question: string, option: string) => Promise<string>,
): Promise<Settings> {
  const folder = resolve(options.folder);
  refuseForeignFolder(folder);
  const { own, foreign } = readEnvironment(join(folder, 'api.env'));
  const before = { ...own, ...foreign };
  const ofWorkers = readEnvironment(join(folder, 'workers.env'));
  const domain =
    options.domain ?? before['AUTHORITY_URL'] ?? (await ask('Domain of the account', '--domain'));
  const url = accountUrl(domain);
  if (before['AUTHORITY_URL'] !== undefined && before['AUTHORITY_URL'] !== url)
    throw new SetupFailure('usage', [
      `${folder} belongs to ${before['AUTHORITY_URL']}, not to ${url}.`,
      '  Name another --folder for this account.',
    ]);
  const audience =
    options.audience ?? before['AUDIENCE'] ?? (await ask('Identifier of the API', '--audience'));
  if (before['AUDIENCE'] !== undefined && before['AUDIENCE'] !== audience)
    throw new SetupFailure('usage', [
      `${folder} is for the API ${before['AUDIENCE']}, not for ${audience}.`,
      '  An identifier cannot be changed at Auth0. For another API, name another --folder.',
    ]);
  const services = options.services ?? before['SERVICES'];
  return {
    url,
    audience: checkedAudience(audience),
    managementAudience: `${url}api/v2/`,
    folder,
    services: services === undefined ? undefined : resolve(services),
    scopes: [...API_SCOPES, ...(services === undefined ? [] : servicesScopes(services, API_SCOPES))],
    metadataDocuments: options.metadataDocuments ?? before['METADATA_DOCUMENTS'] === 'on',
    events: options.events ?? before['AUTH0_EVENTS_TOKEN_FILE'] !== undefined,
    console: options.console ?? own['CONSOLE_CLIENT_ID'] !== undefined,
    publicUrl: before['PUBLIC_URL'] ?? audience,
    sharedDatabase: options.sharedDatabase ?? before['SHARED_DATABASE'],
    thirdPartyRateLimit: limitOf(options.thirdPartyRateLimit),
    customDomain: { ...ofWorkers.own, ...ofWorkers.foreign }['AUTH0_CUSTOM_DOMAIN'],
    checkByWorkers: options.checkByWorkers ?? false,
    newKeys: options.newKeys,
    replaceActions: options.replaceActions,
  };
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new SetupFailure('usage', ['--third-party-rate-limit must be a number of requests, such as 100.']);
}

/** A domain, or the URL of an authority on this machine. */
function accountUrl(domain: string): string {
  const text = /^https?:\/\//.test(domain) ? domain : `https://${domain}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    throw new SetupFailure('usage', ['--domain must be a domain: example.eu.auth0.com']);
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new SetupFailure('usage', ['The access token would be sent unencrypted: give the domain alone.']);
  return url.href;
}

/** It is the namespace of claims, which Auth0 requires to be a URL, and is part of an Action's code. */
function checkedAudience(audience: string): string {
  const url = URL.canParse(audience) ? new URL(audience) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || /['"`$\\\s?#]|\/$/.test(audience))
    throw new SetupFailure('usage', [
      '--audience must be a URL without a slash at its end: https://api.example.com',
    ]);
  return audience;
}
