/** Security headers, by `helmet`. API answers load no resources. */
import helmet from 'helmet';
import type { Services } from '../../services.ts';
import type { Step } from '../state.ts';

export function securityHeaders(services: Services): Step {
  const strict = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        objectSrc: ["'none'"],
        // Does not fall back to `default-src` (Content Security Policy Level 3, section 6.3.1).
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: services.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
  });
  return async (ctx, next) => {
    strict(ctx.req, ctx.res, () => undefined);
    await next();
  };
}
