/** From the settings of Redis to the options of ioredis. */
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import type { RedisOptions } from 'ioredis';
import { parseRedisUrl, type RedisAddress, type RedisNode } from '../settings/redis-url.ts';
import type { RedisSettings } from '../settings/redis.ts';

/** `node`: of the connection to the server, or to each node. */
export type ConnectionOptions =
  | { kind: 'single'; node: RedisOptions }
  | { kind: 'cluster'; nodes: readonly RedisNode[]; node: RedisOptions };

export function connectionOptions(settings: RedisSettings): ConnectionOptions {
  const address = parseRedisUrl(settings.REDIS_URL);
  const tls = tlsOf(address, settings);
  const node: RedisOptions = {
    ...credentialsOf(address, settings),
    ...(tls && { tls }),
  };
  if (address.kind === 'cluster') return { kind: 'cluster', nodes: address.nodes, node };
  const { database: db } = address;
  if (address.kind === 'sentinel')
    return { kind: 'single', node: { ...node, ...sentinelsOf(address, settings, tls), db } };
  const [server] = address.nodes;
  const place = server ? { host: server.host, port: server.port } : { path: address.path };
  const { family } = address;
  return { kind: 'single', node: { ...node, ...place, ...(family !== undefined && { family }), db } };
}

function credentialsOf(
  { username, password }: RedisAddress,
  { REDIS_USERNAME = username, REDIS_PASSWORD = password }: RedisSettings,
): RedisOptions {
  return {
    ...(REDIS_USERNAME !== undefined && { username: REDIS_USERNAME }),
    ...(REDIS_PASSWORD !== undefined && { password: REDIS_PASSWORD }),
  };
}

function tlsOf({ isTls, nodes }: RedisAddress, settings: RedisSettings): TlsOptions | undefined {
  if (!isTls) return undefined;
  const { REDIS_TLS_CA_FILE: ca, REDIS_TLS_CERT_FILE: cert, REDIS_TLS_KEY_FILE: key } = settings;
  // Sentinels and nodes of a cluster name others by address: their certificates are checked for what they are reached by.
  const servername = settings.REDIS_TLS_SERVER_NAME ?? (nodes.length === 1 ? nodes[0]?.host : undefined);
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && !/^[\d.]+$|:/.test(servername) && { servername }),
  };
}

function sentinelsOf(
  { nodes, group }: RedisAddress,
  { REDIS_SENTINEL_USERNAME: username, REDIS_SENTINEL_PASSWORD: password }: RedisSettings,
  tls: TlsOptions | undefined,
): RedisOptions {
  return {
    sentinels: [...nodes],
    name: group,
    // A master that hangs keeps its connections: the sentinels say when there is another one.
    failoverDetector: true,
    ...(username !== undefined && { sentinelUsername: username }),
    ...(password !== undefined && { sentinelPassword: password }),
    ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
  };
}
