import type { ClientCredential } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { patched } from '../patched.ts';
import { knownClient } from './client-view.ts';
import { newCredential, readDate } from './new-credential.ts';

/** Keys and certificates of a client (recorded). Keys work at the token endpoint, certificates are only stored and shown. */
const CHANGES: BodyRules = {
  required: [],
  properties: { expires_at: { type: 'string', nullable: true } },
};

const PATH = '/clients/{id}/credentials';
const ONE = `${PATH}/{credential_id}`;

export const createCredentialEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:client_credentials'],
  logAs: 'Create a client credential',
  answer: (call: Call) => {
    const { client_id } = knownClient(call);
    const credential = newCredential(client_id, call.body, call.now());
    call.store.credentials.put(credential);
    return { status: 201, body: shown(credential) };
  },
};

export const listCredentialsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:client_credentials'],
  // Recorded: a bare array, totals or not.
  answer: (call: Call) => {
    const { client_id } = knownClient(call);
    return { status: 200, body: [...call.store.credentials.by('client', client_id)].map(shown) };
  },
};

export const getCredentialEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:client_credentials'],
  answer: (call: Call) => ({ status: 200, body: shown(known(call)) }),
};

export const updateCredentialEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:client_credentials'],
  logAs: 'Update a client credential',
  // Recorded: 200, though 201 is specified.
  answer: (call: Call) => {
    const credential = known(call);
    const { expires_at } = checkBody(call.body, CHANGES) as { expires_at?: string | null };
    const view = patched<ClientCredential['view']>(credential.view, {
      updated_at: new Date(call.now()).toISOString(),
      ...(expires_at !== undefined && { expires_at: expires_at === null ? null : readDate(expires_at) }),
    });
    return { status: 200, body: shown(call.store.credentials.put({ ...credential, view })) };
  },
};

export const deleteCredentialEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:client_credentials'],
  logAs: 'Delete a client credential',
  answer: (call: Call) => {
    knownClient(call);
    call.store.credentials.delete(call.params['credential_id'] ?? '');
    return NO_CONTENT;
  },
};

/** Status specified, wording guessed. */
function known(call: Call): ClientCredential {
  const { client_id } = knownClient(call);
  const credential = call.store.credentials.get(call.params['credential_id'] ?? '');
  if (credential?.client_id === client_id) return credential;
  throw new ApiError(404, 'The credential does not exist', 'inexistent_credential');
}

/** Recorded, the newest: a credential without an expiry omits it, when created and when read. */
function shown({ id, view }: ClientCredential): object {
  return { id, ...view };
}
