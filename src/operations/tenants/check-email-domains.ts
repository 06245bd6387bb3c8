/** What the schema of email domains cannot say. */
import { Problem } from '../../problem.ts';
import { MAX_EMAIL_DOMAINS_LENGTH } from '../../registry/client-metadata.ts';

/** @throws Problem `invalid_body` when they do not fit into the value that keeps them at the authority */
export function checkEmailDomains(domains: readonly string[] = []): void {
  if (domains.join(' ').length <= MAX_EMAIL_DOMAINS_LENGTH) return;
  const message = `must be ${MAX_EMAIL_DOMAINS_LENGTH} characters together at most`;
  throw new Problem('invalid_body', {
    errors: [{ in: 'body', pointer: '/email_domains', code: 'too_long', message }],
  });
}
