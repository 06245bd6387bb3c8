/** Forms of our own pages (HTML standard, section 4.10.22). */
import { parse } from 'node:querystring';
import { Problem } from '../problem.ts';
import { isPercentEncoded } from './percent-encoding.ts';
import type { Context } from './state.ts';

export const FORM = 'application/x-www-form-urlencoded';

/** @returns fields by name, an array where one comes more than once; without a prototype. @throws Problem `malformed_body` */
export function parseForm(text: string): object {
  if (!isPercentEncoded(text))
    throw new Problem('malformed_body', { detail: 'The form is not UTF-8, percent-encoded.' });
  return parse(text);
}

/**
 * Protection against cross-site request forgery: browsers send any page's form anywhere, without a preflight. `Sec-Fetch-Site` (W3C Fetch
 * Metadata) says where the page is from; browsers without it send `Origin` (RFC 6454 section 7) with each form. Programs send neither.
 * @throws Problem `cross_site_form`
 */
export function refuseForeignForm(ctx: Context): void {
  const site = ctx.get('Sec-Fetch-Site');
  const origin = ctx.get('Origin');
  const isOwn =
    site === ''
      ? origin === '' || origin === new URL(ctx.state.services.publicUrl).origin
      : site === 'same-origin' || site === 'none';
  if (!isOwn) throw new Problem('cross_site_form', { internal: 'the page that sent it is of another site' });
}
