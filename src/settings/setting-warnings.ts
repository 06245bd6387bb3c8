/** What starts, and some callers will stumble over all the same. */

interface Named {
  AUDIENCE: string;
}

/**
 * @param publicUrl where callers reach the API, without a slash at its end
 * @returns a sentence for each; nothing secret
 */
export function settingWarnings({ AUDIENCE }: Named, publicUrl: string): string[] {
  if (AUDIENCE === publicUrl) return [];
  return [
    `AUDIENCE (${AUDIENCE}) is not PUBLIC_URL (${publicUrl}): clients are told ${publicUrl} as the resource (RFC 9728 section 3.3), and get tokens whose aud is ${AUDIENCE}. Clients that come by /oauth/authorize don't mind; those that hold aud against the resource, and those that ask the authority themselves, do.`,
  ];
}
