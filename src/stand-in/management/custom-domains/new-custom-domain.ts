import { newId } from '../../random-ids.ts';
import type { CustomDomain } from '../../store/account-records.ts';

export interface NewCustomDomain {
  domain: string;
  type: string;
  domain_metadata?: Record<string, string>;
  [other: string]: unknown;
}

/** Recorded. Its DNS record is not looked for: it stays unverified, as at an account where nobody made the record. */
export function newCustomDomain(
  { verification_method: _method, ...input }: NewCustomDomain,
  issuer: string,
  at = new Date(),
): CustomDomain {
  const id = newId.customDomain();
  const isOwnCertificate = input.type === 'self_managed_certs';
  const record = `${canonicalDomain(issuer)}-${id.toLowerCase().replace('_', '-')}.edge.tenants.us.auth0.com`;
  return {
    custom_domain_id: id,
    primary: true,
    is_default: false,
    status: 'pending_verification',
    verification: {
      methods: [
        isOwnCertificate
          ? { name: 'txt', record: newId.action(), domain: `_cf-custom-hostname.${input.domain}` }
          : { name: 'CNAME', record, domain: input.domain },
      ],
    },
    tls_policy: 'recommended',
    domain_metadata: {},
    ...(isOwnCertificate && { custom_client_ip_header: null }),
    created_at: at.toISOString(),
    ...input,
  };
}

/** Recorded: some time after a domain was made, how far its verification is. */
export function withVerification(domain: CustomDomain): CustomDomain {
  return {
    ...domain,
    verification: { status: 'pending', ...domain.verification },
    certificate: domain['certificate'] ?? { certificate_authority: 'letsencrypt' },
  };
}

/** The account's own domain, which no request can remove. */
export function canonicalDomain(issuer: string): string {
  return new URL(issuer).host;
}
