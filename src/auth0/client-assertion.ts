/** Client authentication by a private key (RFC 7523, Auth0's "Private Key JWT"), in place of a secret. */
import { randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { ClientProof } from './token-endpoint.ts';

const ALGORITHM = 'RS256';
/** Auth0 accepts five minutes at most. */
const LIFETIME = '1 minute';

interface AssertionParts {
  authorityUrl: string;
  clientId: string;
  privateKey: KeyObject;
}

/** @returns a new assertion for each request: the authority accepts each once */
export function createClientAssertion({ authorityUrl, clientId, privateKey }: AssertionParts) {
  return async (): Promise<ClientProof> => {
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(authorityUrl)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(privateKey);
    return { assertion };
  };
}
