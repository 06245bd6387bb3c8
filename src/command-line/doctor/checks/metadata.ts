/** Metadata as a client reads them that believes nothing: RFC 9728, then RFC 8414, then the keys. */
import { isLoopback } from '../../api.ts';
import { callApi, textIn, type Answer } from '../call-api.ts';
import type { Doctor } from '../doctor.ts';
import { finding, type Finding } from '../finding.ts';

const ORIGIN = 'https://browser-app.example';
const RESOURCE = '/.well-known/oauth-protected-resource';
const SERVER = '/.well-known/oauth-authorization-server';
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'registration_endpoint'];
const LISTS = { response_types_supported: 'code', code_challenge_methods_supported: 'S256' };

export async function checkMetadata({ url, signal, found, proved }: Doctor): Promise<void> {
  const get = (base: string, path: string) =>
    callApi(base, 'GET', path, { headers: { origin: ORIGIN }, signal });
  const resource = await get(url, RESOURCE);
  const findings = checkResource(url, resource);
  const [issuer] = listIn(resource, 'authorization_servers');
  if (issuer !== undefined && URL.canParse(issuer)) {
    const server = await get(issuer, SERVER);
    findings.push(...checkServer(issuer, server));
    const keys = textIn(server.body, 'jwks_uri');
    if (URL.canParse(keys)) findings.push(...(await checkKeys(keys, signal)));
  }
  findings.push(...checkChallenge(await callApi(url, 'GET', '/v1/me', { signal })));
  found(...findings);
  if (findings.length === 0) proved('a strict client accepts the metadata');
}

export function checkResource(url: string, answer: Answer): Finding[] {
  if (answer.status !== 200) return [finding('metadata_unreachable', `${url}${RESOURCE}: ${answer.said}`)];
  const named = textIn(answer.body, 'resource');
  const servers = listIn(answer, 'authorization_servers');
  return [
    ...(named === url
      ? []
      : [finding('metadata_mismatch', `at ${url} the metadata name the resource ${named}`)]),
    ...(servers.length > 0 ? [] : [finding('metadata_incomplete', 'authorization_servers is missing')]),
    ...insecure({ resource: named, authorization_servers: servers[0] ?? '' }),
    ...noCors(`${url}${RESOURCE}`, answer),
  ];
}

/** @param issuer that the resource names */
export function checkServer(issuer: string, answer: Answer): Finding[] {
  if (answer.status !== 200) return [finding('metadata_unreachable', `${issuer}${SERVER}: ${answer.said}`)];
  const { body } = answer;
  const named = textIn(body, 'issuer');
  const missing = [
    ...ENDPOINTS.filter((name) => !URL.canParse(textIn(body, name))),
    ...Object.entries(LISTS)
      .filter(([name, value]) => !listIn(answer, name).includes(value))
      .map(([name, value]) => `${name} with ${value}`),
  ];
  return [
    ...(named === issuer
      ? []
      : [finding('metadata_mismatch', `the metadata of the issuer ${issuer} name the issuer ${named}`)]),
    ...missing.map((name) => finding('metadata_incomplete', `the metadata of ${issuer} lack ${name}`)),
    ...insecure(Object.fromEntries(ENDPOINTS.map((name) => [name, textIn(body, name)]))),
    ...noCors(`${issuer}${SERVER}`, answer),
  ];
}

/** RFC 9728 section 5.1. */
export function checkChallenge({ headers, said }: Pick<Answer, 'headers' | 'said'>): Finding[] {
  const challenge = headers.get('www-authenticate') ?? '';
  return /resource_metadata="[^"]+"/.test(challenge)
    ? []
    : [
        finding(
          'challenge_incomplete',
          `without a credential the API answers ${said}, without resource_metadata`,
        ),
      ];
}

async function checkKeys(address: string, signal: AbortSignal): Promise<Finding[]> {
  const answer = await callApi(address, 'GET', '', { signal });
  const { keys } = answer.body;
  if (answer.status === 200 && Array.isArray(keys) && keys.length > 0) return [];
  return [finding('metadata_unreachable', `no keys at ${address}: ${answer.said}`)];
}

function insecure(addresses: Record<string, string>): Finding[] {
  return Object.entries(addresses)
    .filter(([, text]) => URL.canParse(text) && !isSecure(new URL(text)))
    .map(([name, text]) => finding('metadata_insecure', `${name} is ${text}`));
}

/** On one machine, http does for trying out (RFC 8252 section 8.3). */
const isSecure = (url: URL): boolean => url.protocol === 'https:' || isLoopback(url);

const noCors = (address: string, { headers }: Answer): Finding[] =>
  ['*', ORIGIN].includes(headers.get('access-control-allow-origin') ?? '')
    ? []
    : [finding('metadata_cors', `${address} does not let pages of other origins read it`)];

function listIn({ body }: Answer, name: string): string[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
