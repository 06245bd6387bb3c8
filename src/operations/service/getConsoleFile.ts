import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { readConsoleBuild } from './console-build.ts';

export const getConsoleFile: Operation<'getConsoleFile', 'config'> = ({ path: { file }, services }) => {
  const body = readConsoleBuild()?.files.get(file);
  if (body === undefined) throw new Problem('not_found');
  const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
  const headers = {
    'Cache-Control': 'public, max-age=31536000, immutable',
    // A worker has the policy of its own script: that of the SDK exchanges tokens at the authority.
    'Content-Security-Policy': `default-src 'none';connect-src ${new URL(services.config.AUTHORITY_URL).origin}`,
  };
  return { status: 200, body, type, headers };
};
