/** The forms of `REDIS_URL`: one server, the master of a group that sentinels watch, or a cluster. */
import { ConfigFault } from './config-fault.ts';

export interface RedisNode {
  host: string;
  port: number;
}

export interface RedisAddress {
  kind: 'server' | 'sentinel' | 'cluster';
  isTls: boolean;
  /** The server; the sentinels; or some nodes of the cluster, which name the others. Empty for a socket. */
  nodes: readonly RedisNode[];
  /** Unix socket of a server. */
  path?: string;
  /** Name of the group at the sentinels. */
  group?: string;
  username?: string;
  password?: string;
  database: number;
  family?: number;
}

export const REDIS_FORM =
  'must be redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], redis-sentinel://[USER:PASSWORD@]SENTINEL[:PORT],…/GROUP[?db=DATABASE], redis-cluster://[USER:PASSWORD@]HOST[:PORT],… (rediss, rediss-sentinel, rediss-cluster for TLS), or unix:///PATH[?db=DATABASE]; in user name and password everything but letters, digits and -._~ is percent-encoded';

const PORTS = { server: 6379, sentinel: 26379, cluster: 6379 } as const;

/**
 * A password that is not percent-encoded ends the authority part early, so that the rest of it looks like a path, a query or a
 * fragment; therefore those are restricted to their valid forms, and no fault quotes the URL.
 * @throws ConfigFault
 */
export function parseRedisUrl(text: string): RedisAddress {
  const [, path, socketDatabase = '0'] = /^unix:\/\/(\/[^?#]+)(?:\?db=(\d+))?$/.exec(text) ?? [];
  if (path !== undefined)
    return { kind: 'server', isTls: false, nodes: [], path, database: Number(socketDatabase) };
  const [, tls, kind = 'server', list = '', rest = ''] =
    /^redis(s)?(?:-(sentinel|cluster))?:\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  const at = list.lastIndexOf('@');
  const isKind = kind === 'server' || kind === 'sentinel' || kind === 'cluster';
  if (list === '' || !isKind) throw new ConfigFault(REDIS_FORM);
  return {
    kind,
    isTls: tls !== undefined,
    nodes: nodesOf(list.slice(at + 1), kind),
    ...credentialsOf(list.slice(0, Math.max(at, 0))),
    ...REST[kind](rest),
  };
}

function nodesOf(list: string, kind: RedisAddress['kind']): RedisNode[] {
  const all = list.split(',');
  if (kind === 'server' && all.length > 1) throw new ConfigFault(REDIS_FORM);
  return all.map((one) => {
    const url = URL.canParse(`redis://${one}`) ? new URL(`redis://${one}`) : undefined;
    if (!url?.hostname || url.username || url.pathname || url.search || url.hash)
      throw new ConfigFault(REDIS_FORM);
    return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || PORTS[kind]) };
  });
}

function credentialsOf(text: string): Pick<RedisAddress, 'username' | 'password'> {
  const colon = text.indexOf(':');
  const [username, password] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return {
    ...(username !== '' && { username: decoded(username) }),
    ...(password !== '' && { password: decoded(password) }),
  };
}

function decoded(text: string): string {
  if (/[@[\]:]/.test(text)) throw new ConfigFault(REDIS_FORM);
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConfigFault(REDIS_FORM);
  }
}

type Rest = Pick<RedisAddress, 'database' | 'group' | 'family'>;

/** What follows the hosts. */
const REST: Record<RedisAddress['kind'], (text: string) => Rest> = {
  server(text) {
    const [found, database = '', family] = /^(?:\/(\d*))?(?:\?family=([046]))?$/.exec(text) ?? [];
    if (found === undefined) throw new ConfigFault(REDIS_FORM);
    return { database: Number(database), ...(family !== undefined && { family: Number(family) }) };
  },
  sentinel(text) {
    const [, group, database = '0'] = /^\/([\w.-]+)(?:\?db=(\d+))?$/.exec(text) ?? [];
    if (group === undefined) throw new ConfigFault(REDIS_FORM);
    return { group, database: Number(database) };
  },
  cluster(text) {
    if (text !== '' && text !== '/') throw new ConfigFault(REDIS_FORM);
    return { database: 0 };
  },
};

/** For a setting: the URL itself. @throws ConfigFault */
export function redisUrl(text: string): string {
  parseRedisUrl(text);
  return text;
}
