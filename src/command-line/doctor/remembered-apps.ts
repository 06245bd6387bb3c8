/** What can remove the throw-away app, kept while it exists: nothing but its registration token can (RFC 7592). For the next run, should this one be killed. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parsed, recordOf } from '../setup/answers.ts';
import { writePrivate } from '../setup/private-file.ts';

export interface RememberedApp {
  url: string;
  path: string;
  token: string;
}

const folder = (): string =>
  join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local/state'), 'trivium/doctor');

const fileOf = (pid: number): string => join(folder(), `${pid}.json`);

export function rememberApp(app: RememberedApp): void {
  writePrivate(fileOf(process.pid), JSON.stringify(app));
}

export const forgetApp = (pid = process.pid): void => rmSync(fileOf(pid), { force: true });

/** @param isAlive whether there is such a process: its app is its own */
export function abandonedApps(
  url: string,
  isAlive: (pid: number) => boolean,
): (RememberedApp & { pid: number })[] {
  if (!existsSync(folder())) return [];
  return readdirSync(folder()).flatMap((name) => {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1]);
    if (!pid || pid === process.pid || isAlive(pid)) return [];
    const content = recordOf(parsed(readFileSync(fileOf(pid), 'utf8'))) ?? {};
    const { path, token } = content;
    if (content['url'] !== url || typeof path !== 'string' || typeof token !== 'string') return [];
    return path.startsWith('/oauth/register/') ? [{ url, path, token, pid }] : [];
  });
}
