import { ManagementClient } from 'auth0';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { OPERATOR } from './account.ts';

/** The auth0 SDK at a stand-in that speaks http: it insists on https, so its fetch puts that right for this one host. */
export function managementClient(standIn: StandIn): ManagementClient {
  const { host } = new URL(standIn.url);
  return new ManagementClient({
    domain: host,
    clientId: OPERATOR.clientId,
    clientSecret: OPERATOR.clientSecret,
    audience: `${standIn.url}api/v2/`,
    maxRetries: 0,
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.host === host) url.protocol = 'http:';
      return fetch(url, init);
    },
  });
}
