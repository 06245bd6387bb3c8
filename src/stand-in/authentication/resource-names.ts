const PREFIX = 'urn:stand-in:api:';

/**
 * oidc-provider accepts only absolute URIs without a fragment; an Auth0 API's identifier may be any text ("my-api"). Internally, APIs are
 * therefore named by a URN derived from the identifier.
 */
export function resourceOf(audience: string): string {
  return PREFIX + encodeURIComponent(audience);
}

export function audienceOf(resource: string): string {
  return resource.startsWith(PREFIX) ? decodeURIComponent(resource.slice(PREFIX.length)) : resource;
}
