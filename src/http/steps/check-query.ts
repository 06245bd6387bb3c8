/** Refuses a query that is not percent-encoded UTF-8 (RFC 3986 section 2.5): a lenient decoder would insert U+FFFD. */
import { Problem, type FieldError } from '../../problem.ts';
import { isPercentEncoded } from '../percent-encoding.ts';
import type { Step } from '../state.ts';

export const checkQuery: Step = (ctx) => {
  if (ctx.querystring === '') return;
  const wrong = ctx.querystring.split('&').filter((pair) => !isPercentEncoded(pair));
  if (wrong.length > 0) throw new Problem('invalid_parameter', { errors: wrong.map(asError) });
};

function asError(pair: string): FieldError {
  const [name = ''] = pair.split('=', 1);
  const pointer = isPercentEncoded(name) ? `/${escaped(decodeURIComponent(name))}` : '';
  return { in: 'query', pointer, code: 'encoding', message: 'must be UTF-8, percent-encoded' };
}

/** JSON Pointer escaping (RFC 6901 section 3). */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
