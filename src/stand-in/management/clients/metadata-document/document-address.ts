/**
 * Validates the URL of a metadata document (Auth0 docs, "CIMD URL validation rules").
 * @returns what is wrong with it
 */
export function wrongWithAddress(address: string, loopbackDocuments: boolean): string | undefined {
  if (Buffer.byteLength(address) > 120) return 'URL must be at most 120 bytes';
  if (!URL.canParse(address) || address.trim() !== address) return 'URL is not valid';
  const { protocol, hostname, pathname, username, password, port } = new URL(address);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (isLoopback && !loopbackDocuments) return 'URL must not be on localhost';
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback)) return 'URL must use https';
  if (pathname === '/') return 'URL must have a path';
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(address.slice(address.indexOf('://') + 3)))
    return 'URL must not have dot segments';
  if (username !== '' || password !== '') return 'URL must not have credentials';
  if (/[?#]/.test(address)) return 'URL must not have a query or a fragment';
  if (port === '0') return 'URL must not have port 0';
  if (/%(?![0-9a-f]{2})/i.test(address)) return 'URL has a bad percent-encoding';
  return undefined;
}
