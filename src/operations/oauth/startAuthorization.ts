import { addressRange } from '../../authentication/addresses.ts';
import { Problem } from '../../problem.ts';
import { isDocumentAddress } from '../../registration/metadata-document/document-address.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

/** Redirects to the authority and nowhere else, so nobody can be sent astray by this. */
export const startAuthorization: Operation<'startAuthorization'> = async (call) => {
  const { services, query, address } = call;
  if (services.documents && isDocumentAddress(query.client_id)) {
    await services.documents.admit(query.client_id, addressRange(address), async (registration) => {
      const answer = await relayed(
        { ...call, prefer: { respondAsync: false, wait: undefined } },
        { ...registration },
      );
      if (answer.status !== 302)
        throw new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
    });
  }
  const location = new URL('authorize', services.config.AUTHORITY_URL);
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) location.searchParams.append(name, one);
  return { status: 302, headers: { Location: location.href, 'Cache-Control': 'no-store' } };
};
