/** Custom domains: which ones work, and which one tokens and mails name. DNS and the choice are people's, so nothing is changed. */
import type { AccountPart } from '../context.ts';
import { emptyPlan, type Finding } from '../plan.ts';
import { isRefused } from '../reader.ts';
import type { Settings } from '../settings.ts';

interface Domain {
  name: string;
  id: string;
  status: string;
}

const PAGE = 'Branding, Custom Domains';

export const customDomains: AccountPart = async ({ management, settings }) => {
  const found = await management.listIfAny('/custom-domains', 'custom_domains');
  if (isRefused(found)) return emptyPlan();
  const domains = found.map(({ domain, custom_domain_id, status }) => ({
    name: String(domain),
    id: String(custom_domain_id),
    status: String(status),
  }));
  return { ...emptyPlan(), findings: findingsOf(domains, settings) };
};

export function findingsOf(
  domains: readonly Domain[],
  { url, audience, customDomain }: Pick<Settings, 'url' | 'audience' | 'customDomain'>,
): Finding[] {
  const [authority, api] = [new URL(url).host, new URL(audience).host];
  const ready = domains.filter(({ status }) => status === 'ready');
  const isOurs = ({ name }: Domain) => name === authority || name === customDomain;
  return [
    ...domains.filter((one) => one.status !== 'ready').map((one) => unverified(one, isOurs(one))),
    ...domains.filter(({ name }) => name === api).map(isPublicUrl),
    ...ready.filter((one) => one.name !== authority).map((one) => otherIssuer(one, url)),
    ...choice(ready, domains, customDomain),
  ];
}

const finding =
  (level: Finding['level'], kind: string) =>
  ({ name, id }: Pick<Domain, 'name' | 'id'>, what: string, why: string, remedy: string): Finding => ({
    item: `custom domain ${name}`,
    about: `${kind} ${id}`,
    level,
    what,
    why,
    remedy,
  });

const unverified = (domain: Domain, isOurs: boolean): Finding =>
  finding(isOurs ? 'drift' : 'note', 'status')(
    domain,
    `it does not work yet: ${domain.status}`,
    isOurs ? 'it is named in the settings of Trivium' : 'nobody can sign in there',
    `Make the DNS record that Auth0 shows (${PAGE}), then: auth0 domains verify ${domain.id}`,
  );

const isPublicUrl = (domain: Domain): Finding =>
  finding('drift', 'api')(
    domain,
    'it is the host of this API',
    'its DNS record leads to Auth0, so that callers do not reach the API',
    'Give the API a host of its own: PUBLIC_URL, and AUDIENCE where that is still possible.',
  );

/** Whoever signs in at a domain gets tokens of that issuer (Auth0, "Custom Domains", token issuance). */
const otherIssuer = (domain: Domain, url: string): Finding =>
  finding('note', 'issuer')(
    domain,
    `tokens of those who sign in there have the issuer https://${domain.name}/`,
    `this API accepts those of ${url} only`,
    'Let web apps and apps of this API sign in at that address, or set AUTHORITY_URL alike at API and workers.',
  );

/** Auth0 then refuses to create users without a header (`custom_domain_conflict`). */
function choice(ready: readonly Domain[], all: readonly Domain[], chosen: string | undefined): Finding[] {
  const [first] = ready;
  if (chosen === undefined && first !== undefined && ready.length > 1)
    return [
      finding('drift', 'choice')(
        { name: ready.map(({ name }) => name).join(', '), id: 'several' },
        'there are several, and the workers name none of them',
        'Auth0 then refuses to create users (custom_domain_conflict)',
        `Set AUTH0_CUSTOM_DOMAIN for the workers, such as to ${first.name}.`,
      ),
    ];
  if (chosen === undefined || all.some(({ name }) => name === chosen)) return [];
  return [
    finding('drift', 'choice')(
      { name: chosen, id: 'unknown' },
      'the account has no such domain',
      'AUTH0_CUSTOM_DOMAIN names it, for the links in mails',
      `Set AUTH0_CUSTOM_DOMAIN to a domain of the account, or remove it (${PAGE}).`,
    ),
  ];
}
