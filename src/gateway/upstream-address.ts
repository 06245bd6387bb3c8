/** One address of a service, with its connections (HTTP/1.1, kept alive). */
import { buildConnector, Pool } from 'undici';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Service } from './service.ts';

/** Longest head of an answer, in bytes; Node's own default for requests. */
const MAX_HEADER_BYTES = 16_384;
/** How long an idle connection is kept if the service does not say. Node closes after 5 s, many others later. */
const KEEP_ALIVE_MS = 4_000;

export class UpstreamAddress {
  readonly breaker = new CircuitBreaker();
  readonly pool: Pool;
  /** Of the base URL; precedes the path of each request. */
  readonly basePath: string;
  readonly #url: string;

  /** @param url `http:` or `https:`, without a trailing slash */
  constructor(
    url: string,
    { ca, connectMs, concurrency }: Pick<Service, 'ca' | 'connectMs' | 'concurrency'>,
  ) {
    const { origin, pathname } = new URL(url);
    this.#url = url;
    this.basePath = pathname === '/' ? '' : pathname;
    this.pool = new Pool(origin, {
      connections: concurrency,
      connect: connector(connectMs, ca),
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
  }

  get url(): string {
    return this.#url;
  }

  /** Resolves when its requests have ended. */
  close(): Promise<void> {
    return this.pool.close();
  }
}

function connector(timeout: number, ca: string | undefined): buildConnector.connector {
  const connect = buildConnector({ timeout, ca });
  return (options, callback) =>
    connect(options, (...result) => {
      result[1]?.on('error', distinguishReset);
      callback(...result);
    });
}

/**
 * undici takes a reset for the orderly end of an answer that lasts until its connection closes (RFC 9112 section 6.3):
 * half of an answer would then look whole. It does so by the error's code, and hears of the error after this listener.
 */
function distinguishReset(error: NodeJS.ErrnoException): void {
  if (error.code === 'ECONNRESET') error.code = RESET;
}

/** Code of a connection that was reset. */
export const RESET = 'EPIPE';
