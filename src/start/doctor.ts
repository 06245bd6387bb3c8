/** Runs `trivium doctor` on what was just started: with a throw-away key of the first demo tenant, which costs least. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseJson } from '../json.ts';
import type { Deployment } from './deployment.ts';
import { endWithUs } from './end-with-us.ts';

export interface RunningDoctor {
  /** Resolves with what is to be printed; empty when it was stopped. */
  said: Promise<string>;
  /** Lets it remove what it has made. */
  stop(): Promise<void>;
}

interface Report {
  proved: string[];
  findings: { code: string; level: 'broken' | 'warning' | 'note'; what: string; why: string; fix: string }[];
}

const PROGRAM = fileURLToPath(new URL('../command-line/trivium.mjs', import.meta.url));
const STOP_MS = 10_000;

export function startDoctor({ api, authority, audience, operator, tenants }: Deployment): RunningDoctor {
  const [tenant] = tenants;
  const child = spawn(process.execPath, [PROGRAM, 'doctor', '--json', '--tenant', tenant?.id ?? ''], {
    env: {
      ...inherited(),
      TRIVIUM_URL: api,
      AUTHORITY_URL: authority,
      AUDIENCE: audience,
      OPERATOR_CLIENT_ID: operator.client_id,
      OPERATOR_CLIENT_SECRET: operator.client_secret,
      TRIVIUM_CLIENT_ID: tenant?.api_key.client_id,
      TRIVIUM_CLIENT_SECRET: tenant?.api_key.client_secret,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A process group of its own: Ctrl-C reaches only us, and we stop it in order.
    detached: true,
  });
  endWithUs(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  const ended = once(child, 'close');
  return {
    said: ended.then(() => (text.startsWith('{') ? inWords(parseJson<Report>(text)) : '')),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill('SIGINT');
      await ended;
      clearTimeout(timer);
    },
  };
}

/** One line when all is well. */
function inWords({ proved, findings }: Report): string {
  const wrong = findings.filter(({ level }) => level !== 'note');
  if (wrong.length === 0) return `Checked by trivium doctor: all is well (${proved.length} proofs).`;
  const lines = wrong.flatMap(({ code, what, why, fix }) => [
    `  ${what} (${code})`,
    `      ${why}`,
    `      ${fix}`,
  ]);
  return ['trivium doctor has found:', ...lines].join('\n');
}

function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, XDG_STATE_HOME } = process.env;
  return { PATH, HOME, TMPDIR, XDG_STATE_HOME };
}
