/** Explains network errors, with what to do about each. */
import { Failure } from './exit-codes.ts';
import { plainText } from './plain-text.ts';

const advice: [RegExp, string][] = [
  [/ECONNREFUSED/, 'Nothing listens there. Is --url (or TRIVIUM_URL) right, and is the API running?'],
  [
    /ENOTFOUND|EAI_AGAIN/,
    'There is no such host. Is --url (or TRIVIUM_URL) right, and does this machine reach the network?',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    'Its certificate is not trusted. A certificate authority of your own goes into NODE_EXTRA_CA_CERTS.',
  ],
  [/EPROTO|ERR_SSL/, 'It does not speak TLS there. Is it http:// and not https://?'],
  [/ETIMEDOUT|TIMEOUT/, 'It did not answer in time. Is the network slow, or a firewall in between?'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|hang up/, 'The connection broke.'],
];

/** @returns undefined when it is not a network error */
export function explainNetwork(url: string, error: unknown): Failure | undefined {
  const words = causes(error).join(' ');
  const known = advice.find(([pattern]) => pattern.test(words));
  if (!known) return undefined;
  return new Failure(
    'unreachable',
    [`${url} could not be reached (${words.split(' ')[0]}).`, `  ${known[1]}`, AGAIN].map(plainText),
    { cause: error },
  );
}

const AGAIN = '  Nothing is lost: run the same command again.';

/** Codes and messages, innermost cause first: it is the most specific. */
function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const inner = error instanceof AggregateError ? error.errors.flatMap(causes) : causes(error.cause);
  return [...inner, ...(code ? [code] : []), error.message];
}
