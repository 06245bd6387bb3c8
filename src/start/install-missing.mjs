// Installs the packages of package-lock.json, unless they are installed. Plain JavaScript: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const [major, minor] = process.versions.node.split('.').map(Number);
const [, minMajor, minMinor] = /(\d+)\.(\d+)/.exec(engines.node).map(Number);

if (major < minMajor || (major === minMajor && minor < minMinor)) {
  console.error(`Trivium needs Node ${engines.node}; this is ${process.versions.node}.`);
  process.exit(1);
}

const stamp = `${root}node_modules/.trivium-installed`;
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('Installing packages …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Explicit here, too: npm versions that do not support `allowScripts` would run install scripts.
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // Including development packages, whatever NODE_ENV is: the stand-in is one of them.
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}
