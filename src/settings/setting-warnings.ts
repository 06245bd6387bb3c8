/** Warnings about valid settings that break some clients. */

interface Named {
  AUDIENCE: string;
  SHARED_DATABASE?: string | undefined;
  TENANT_DATABASES?: readonly string[] | undefined;
  TENANT_WEB_APPS: readonly string[];
  WEB_APP_CLIENT_IDS: readonly string[];
  WEB_APP_ORIGINS: readonly string[];
}

/**
 * @param publicUrl URL at which callers reach the API, without a trailing slash
 * @returns one sentence for each warning, without secrets
 */
export function settingWarnings(settings: Named, publicUrl: string): string[] {
  const { AUDIENCE } = settings;
  if (AUDIENCE === publicUrl) return tenancyWarnings(settings);
  return [
    `AUDIENCE (${AUDIENCE}) differs from PUBLIC_URL (${publicUrl}): the metadata names ${publicUrl} as the resource (RFC 9728 section 3.3), but the aud of tokens is ${AUDIENCE}. Clients that use /oauth/authorize work; clients that compare aud with the resource, or use the authority's authorization endpoint directly, fail.`,
    ...tenancyWarnings(settings),
  ];
}

/** What tenants should share, and the configuration lacks. */
function tenancyWarnings(settings: Named): string[] {
  const { SHARED_DATABASE, TENANT_DATABASES, TENANT_WEB_APPS, WEB_APP_CLIENT_IDS, WEB_APP_ORIGINS } =
    settings;
  const [hasClients, hasOrigins] = [WEB_APP_CLIENT_IDS.length > 0, WEB_APP_ORIGINS.length > 0];
  const checks: [isWrong: boolean, warning: string][] = [
    [
      hasClients && !hasOrigins,
      'WEB_APP_CLIENT_IDS is set and WEB_APP_ORIGINS is not: users can sign in to the shared web app, and its pages cannot call the API (CORS).',
    ],
    [
      hasOrigins && !hasClients,
      'WEB_APP_ORIGINS is set and WEB_APP_CLIENT_IDS is not: pages of these origins may call, and tokens of the shared web app are refused.',
    ],
    [
      TENANT_DATABASES?.[0] === 'shared' && SHARED_DATABASE === undefined,
      'TENANT_DATABASES begins with `shared` and SHARED_DATABASE is not set: a new tenant is refused unless it names a connection.',
    ],
    [
      !TENANT_WEB_APPS.includes('own') && !hasClients,
      'TENANT_WEB_APPS allows `shared` alone and WEB_APP_CLIENT_IDS is not set: no tenant can be created.',
    ],
  ];
  return checks.flatMap(([isWrong, warning]) => (isWrong ? [warning] : []));
}
