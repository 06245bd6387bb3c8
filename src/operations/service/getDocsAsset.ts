import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Operation } from '../operation.ts';

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const script = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, displayRequestDuration: true, validatorUrl: null });\n`;

const headers = { 'Cache-Control': 'public, max-age=86400' };

export const getDocsAsset: Operation<'getDocsAsset'> = async ({ path: { asset } }) => {
  if (asset === 'docs.js') return { status: 200, body: script, type: 'text/javascript', headers };
  const file = await readFile(join(folder, asset));
  if (asset.endsWith('.png')) return { status: 200, body: file as never, type: 'image/png', headers };
  const type = asset.endsWith('.css') ? 'text/css' : 'text/javascript';
  return { status: 200, body: file.toString('utf8'), type, headers };
};
