/** Validates redirect URIs: RFC 8252 section 7, RFC 9700 section 2.1, OpenID Connect registration section 2. */
import { isIP } from 'node:net';
import { Problem } from '../problem.ts';

export type ApplicationType = 'web' | 'native';

/** RFC 8252 section 7.3 recommends the IP literal; `localhost` is accepted because many clients send it. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Reverse domain name order, so that no app takes another one's scheme by accident. */
const PRIVATE_USE = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

const EXCEPTIONS_HINT = '; the operator of this API can allow this very URI in REDIRECT_URI_EXCEPTIONS';

/**
 * @param type as declared by the app; left out: inferred from the URIs
 * @param exceptions of the operator, allowed with any scheme on an exact match; undefined: where none apply
 * @throws Problem `invalid_redirect_uri`
 */
export function checkRedirectUris(
  uris: readonly string[],
  type: ApplicationType | undefined,
  exceptions: readonly string[] | undefined,
): ApplicationType {
  const kinds = uris.map((uri, index) => {
    const wrong = (why: string) => refuse(`redirect_uris[${index}] ${why}`);
    return kindOf(uri, exceptions, wrong);
  });
  const privateUse = kinds.indexOf('private-use');
  if (type === 'web' && privateUse >= 0)
    throw refuse(`redirect_uris[${privateUse}] has a private-use scheme, which only a native app may have`);
  // Clients with an exception count as native, whatever they declare: Cursor declares `web`.
  if (kinds.includes('exception')) return 'native';
  return type ?? (kinds.some((kind) => kind !== 'https') ? 'native' : 'web');
}

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

function refuse(detail: string): Problem {
  return new Problem('invalid_redirect_uri', { detail });
}

type Kind = 'https' | 'loopback' | 'private-use' | 'exception';

function kindOf(
  uri: string,
  exceptions: readonly string[] | undefined,
  wrong: (why: string) => Problem,
): Kind {
  if (!URL.canParse(uri)) throw wrong('is not an absolute URI');
  const url = new URL(uri);
  if (uri.includes('#')) throw wrong('has a fragment');
  if (url.username || url.password || /^[a-z]+:\/\/[^/?]*@/i.test(uri)) throw wrong('has credentials');
  if (uri.includes('*')) throw wrong('has a wildcard');
  // eslint-disable-next-line no-control-regex -- RFC 3986 has none of these
  if (/[\u0000-\u0020\u007f-\uffff\\"<>^`{|}]/.test(uri))
    throw wrong('has a character that is not allowed in a URI');
  if (url.protocol === 'https:') {
    if (
      !url.hostname.includes('.') &&
      !isLoopback(url.hostname) &&
      !isIP(url.hostname.replace(/^\[|\]$/g, ''))
    )
      throw wrong('has a host that is neither a domain name nor an address');
    return 'https';
  }
  if (url.protocol === 'http:') {
    if (!isLoopback(url.hostname)) throw wrong('is http, and not on the loopback interface');
    return 'loopback';
  }
  if (exceptions?.includes(uri)) return 'exception';
  if (!PRIVATE_USE.test(url.protocol))
    throw wrong(
      `has a scheme that is neither https nor a private-use scheme such as com.example.app${
        exceptions ? EXCEPTIONS_HINT : ''
      }`,
    );
  return 'private-use';
}
