/** Ports for `npm start`: the requested one, else the usual one, else any free one. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** @returns whether no process listens on the port, on any loopback address */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
      probe.listen(port, host, () => probe.close(() => resolve(true)));
    });
    if (!free) return false;
  }
  return true;
}

/** Below the ephemeral ports (Linux: from 32768 on): a connection could take one of these before a server listens on it. */
const RANGE = [15_000, 32_000] as const;
/** Ports that this process has returned already; the server of one of them may not listen yet. */
const returned = new Set<number>();

/** `FREE_PORTS=FROM-TO` narrows the range, so that programs which start servers side by side do not choose the same port. */
export async function anyFreePort(): Promise<number> {
  const [, from = RANGE[0], to = RANGE[1]] = /^(\d+)-(\d+)$/.exec(process.env['FREE_PORTS'] ?? '') ?? [];
  const port = randomInt(Number(from), Number(to));
  if (returned.has(port)) return anyFreePort();
  returned.add(port);
  return (await isFree(port)) ? port : anyFreePort();
}

/**
 * @param remembered the port of the last start: kept while it is free, because tokens and clients refer to it
 * @throws Error when a requested port is taken
 */
export async function choosePort(
  name: string,
  usual: number,
  remembered: number | undefined,
): Promise<number> {
  const asked = process.env[name];
  if (asked !== undefined && asked !== '' && asked !== '0') {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`${name} must be a port, 0 to 65535`);
    if (!(await isFree(port))) throw new Error(`${name}: port ${port} is taken`);
    return port;
  }
  const preferred = [remembered, asked === '0' ? undefined : usual];
  for (const port of preferred) if (port !== undefined && (await isFree(port))) return port;
  const port = await anyFreePort();
  if (asked !== '0') console.error(`Port ${remembered ?? usual} is taken; ${name} is ${port} now.`);
  return port;
}
