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
