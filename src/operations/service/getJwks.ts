import type { Operation } from '../operation.ts';

/** A new key is published much earlier than it signs, so that a cached set contains it. */
const headers = { 'Cache-Control': 'public, max-age=300' };

export const getJwks: Operation<'getJwks', 'signingKeys'> = ({ services }) => ({
  status: 200,
  body: services.signingKeys.jwks(),
  headers,
});
