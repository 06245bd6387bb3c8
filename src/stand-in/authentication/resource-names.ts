const PREFIX = 'urn:stand-in:api:';

/**
 * oidc-provider takes absolute URIs without a fragment only; an Auth0 API's identifier may be any text ("my-api"). Inside, APIs are
 * therefore named by a URN made of the identifier.
 */
export function resourceOf(audience: string): string {
  return PREFIX + encodeURIComponent(audience);
}

export function audienceOf(resource: string): string {
  return resource.startsWith(PREFIX) ? decodeURIComponent(resource.slice(PREFIX.length)) : resource;
}
