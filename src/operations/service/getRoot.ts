import type { Operation } from '../operation.ts';

export const getRoot: Operation<'getRoot', 'publicUrl'> = ({ accepted, services: { publicUrl } }) =>
  accepted === 'text/html'
    ? { status: 302, type: 'text/html', body: '<a href="/docs">/docs</a>\n', headers: { Location: '/docs' } }
    : {
        status: 200,
        body: {
          documentation: `${publicUrl}/docs`,
          contract: `${publicUrl}/openapi.json`,
          resource_metadata: `${publicUrl}/.well-known/oauth-protected-resource`,
        },
      };
