/** Warnings about valid settings that break some clients. */

interface Named {
  AUDIENCE: string;
  SHARED_DATABASE?: string | undefined;
  TENANT_DATABASES?: readonly string[] | undefined;
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

/** Settings of shared tenancy that are missing. */
function tenancyWarnings({
  SHARED_DATABASE,
  TENANT_DATABASES,
  WEB_APP_CLIENT_IDS,
  WEB_APP_ORIGINS,
}: Named): string[] {
  const warnings: string[] = [];
  if (WEB_APP_CLIENT_IDS.length > 0 && WEB_APP_ORIGINS.length === 0)
    warnings.push(
      'WEB_APP_CLIENT_IDS is set and WEB_APP_ORIGINS is not: users can sign in to the shared web app, and its pages cannot call the API (CORS).',
    );
  if (TENANT_DATABASES?.[0] === 'shared' && SHARED_DATABASE === undefined)
    warnings.push(
      'TENANT_DATABASES begins with `shared` and SHARED_DATABASE is not set: a new tenant is refused unless it names a connection.',
    );
  return warnings;
}

interface Clients {
  WEB_APP_CLIENT_IDS: readonly string[];
  OPERATOR_CLIENT_IDS: readonly string[];
  CONSOLE_CLIENT_ID?: string | undefined;
}

/**
 * Clients of the deployment that the registry has as another caller's: their tokens are refused.
 * @param read the registry's entry of a client
 * @returns one sentence for each
 */
export async function clientWarnings(
  { WEB_APP_CLIENT_IDS, OPERATOR_CLIENT_IDS, CONSOLE_CLIENT_ID: console }: Clients,
  read: (clientId: string) => Promise<{ kind: 'user' | 'tenant' | 'app' } | undefined>,
): Promise<string[]> {
  const warnings: string[] = [];
  const CONSOLE_CLIENT_ID = console === undefined ? [] : [console];
  for (const [setting, ids] of Object.entries({ WEB_APP_CLIENT_IDS, OPERATOR_CLIENT_IDS, CONSOLE_CLIENT_ID }))
    for (const id of ids) {
      const client = await read(id);
      if (client)
        warnings.push(
          `${setting} names the client ${id}, which is registered as ${WHAT[client.kind]}: its tokens are refused.`,
        );
    }
  return warnings;
}

const WHAT = {
  user: "a tenant's own web app",
  tenant: "a tenant's API key",
  app: 'a third-party app',
} as const;
