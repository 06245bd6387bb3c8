/** Security headers, by `helmet`. API answers load no resources. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { Services } from '../../services.ts';
import type { HeaderFields } from '../state.ts';

export interface SecurityHeaders {
  /** Of an answer that a browser may show as a page. */
  page: HeaderFields;
  /** Of any other one. */
  data: HeaderFields;
}

/**
 * Those that change nothing about an answer that is no page: the OWASP REST Security Cheat Sheet ("Security Headers")
 * lists none of them. Each field of an answer costs a request most of a microsecond.
 */
const OF_PAGES = new Set([
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
]);

/** They are the same for each answer, so `helmet` is asked once. */
export function securityHeaders(services: Pick<Services, 'publicUrl'>): SecurityHeaders {
  const page = byHelmet(services);
  return {
    page: page.flat(),
    data: page.filter(([name]) => !OF_PAGES.has(name.toLowerCase())).flat(),
  };
}

function byHelmet({ publicUrl }: Pick<Services, 'publicUrl'>): [string, string][] {
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
  const fields: [string, string][] = [];
  const collector = {
    setHeader: (name: string, value: string) => fields.push([name, value]),
    removeHeader: () => undefined,
  };
  strict({} as IncomingMessage, collector as unknown as ServerResponse, () => undefined);
  return fields;
}
