/** Security headers, by `helmet`. API answers load no resources. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { Services } from '../../services.ts';
import type { HeaderFields } from '../state.ts';

/** They are the same for each answer, so `helmet` is asked once. */
export function securityHeaders({ publicUrl }: Pick<Services, 'publicUrl'>): HeaderFields {
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
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
  });
  const fields: string[] = [];
  const collector = {
    setHeader: (name: string, value: string) => fields.push(name, value),
    removeHeader: () => undefined,
  };
  strict({} as IncomingMessage, collector as unknown as ServerResponse, () => undefined);
  return fields;
}
