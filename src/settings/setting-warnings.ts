/** Warnings about valid settings that break some clients. */

interface Named {
  AUDIENCE: string;
}

/**
 * @param publicUrl URL at which callers reach the API, without a trailing slash
 * @returns one sentence for each warning, without secrets
 */
export function settingWarnings({ AUDIENCE }: Named, publicUrl: string): string[] {
  if (AUDIENCE === publicUrl) return [];
  return [
    `AUDIENCE (${AUDIENCE}) differs from PUBLIC_URL (${publicUrl}): the metadata names ${publicUrl} as the resource (RFC 9728 section 3.3), but the aud of tokens is ${AUDIENCE}. Clients that use /oauth/authorize work; clients that compare aud with the resource, or use the authority's authorization endpoint directly, fail.`,
  ];
}

interface Clients {
  WEB_APP_CLIENT_IDS: readonly string[];
  OPERATOR_CLIENT_IDS: readonly string[];
}

/**
 * Of clients of the deployment that the registry has as somebody else's: their tokens are refused.
 * @param read the registry's entry of a client
 * @returns one sentence for each
 */
export async function clientWarnings(
  { WEB_APP_CLIENT_IDS, OPERATOR_CLIENT_IDS }: Clients,
  read: (clientId: string) => Promise<{ kind: 'user' | 'tenant' | 'app' } | undefined>,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const [setting, ids] of Object.entries({ WEB_APP_CLIENT_IDS, OPERATOR_CLIENT_IDS }))
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
