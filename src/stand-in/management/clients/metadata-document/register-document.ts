import type { Client } from '../../../store/records.ts';
import { ApiError } from '../../api-error.ts';
import { checkBody } from '../../body-rules.ts';
import type { Call, Endpoint } from '../../endpoint.ts';
import { createClient } from '../new-client.ts';
import { takeCredentials } from '../own-credentials.ts';
import { wrongWithAddress } from './document-address.ts';
import { DocumentFailure, fetchDocument } from './fetch-document.ts';
import { mapDocument, type MappedDocument } from './map-document.ts';

const DOCUMENT_BYTES_MAX = 5_120;
const RULES = {
  required: ['external_client_id'],
  properties: { external_client_id: { type: 'string', minLength: 1, maxLength: 120 } },
} as const;

/** Previews the client of a metadata document. Members specified; those of `mapped_fields` documented. */
export const previewDocumentEndpoint: Endpoint = {
  method: 'POST',
  path: '/clients/cimd/preview',
  scopes: ['read:clients'],
  answer: async (call: Call) => {
    try {
      const { address, mapped } = await readDocument(call);
      const known = call.store.clients.first('externalId', address);
      return { status: 200, body: view(mapped, known?.client_id) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.errorCode !== 'invalid_client_metadata') throw error;
      return {
        status: 200,
        body: {
          errors: [error.message],
          validation: { valid: false, violations: [error.message], warnings: [] },
        },
      };
    }
  },
};

/**
 * Creates a strict third-party client from a metadata document, or updates the one created from it (specified: 201, 200). The resulting
 * client is recorded; 400 specified, its wording guessed.
 */
export const registerDocumentEndpoint: Endpoint = {
  method: 'POST',
  path: '/clients/cimd/register',
  scopes: ['create:clients', 'update:clients'],
  logAs: 'Register or update a CIMD client via metadata URI',
  answer: async (call: Call) => {
    const { address, mapped } = await readDocument(call);
    if (mapped.violations.length > 0) throw invalid(mapped.violations.join('; '));
    const { store, settings, now } = call;
    const known = store.clients.first('externalId', address);
    const client: Client = known
      ? { ...known, ...mapped.fields }
      : createClient(store, settings.plan, {
          ...mapped.fields,
          is_first_party: false,
          third_party_security_mode: 'strict',
          oidc_conformant: true,
          external_metadata_type: 'cimd',
          external_metadata_created_by: 'admin',
        });
    store.clients.put(withKeys(call, client, mapped));
    return {
      status: known ? 200 : 201,
      headers: { location: `/api/v2/clients/${client.client_id}` },
      body: { ...view(mapped, client.client_id), client_id: client.client_id },
    };

    function withKeys({ store }: Call, client: Client, { keys }: MappedDocument): Client {
      if (keys.length === 0) return client;
      for (const { id } of [...store.credentials.by('client', client.client_id)])
        store.credentials.delete(id);
      const credentials = keys.map((key) => ({ credential_type: 'public_key', ...key }));
      const methods = { private_key_jwt: { credentials: credentials as never[] } };
      return takeCredentials(store, { ...client, client_authentication_methods: methods }, now()).client;
    }
  },
};

async function readDocument(call: Call): Promise<{ address: string; mapped: MappedDocument }> {
  const { external_client_id: address } = checkBody(call.body, RULES) as { external_client_id: string };
  const wrong = wrongWithAddress(address, call.settings.loopbackDocuments);
  if (wrong !== undefined) throw invalid(wrong);
  try {
    // What others publish may be told by the seed.
    const seeded = call.store.identityProviders.get(address)?.metadata;
    const document = seeded ?? (await fetchDocument(address, DOCUMENT_BYTES_MAX));
    return { address, mapped: await mapDocument(address, document) };
  } catch (error) {
    if (error instanceof DocumentFailure) throw invalid(error.message);
    throw error;
  }
}

function invalid(why: string): ApiError {
  return new ApiError(400, `Client ID Metadata Document: ${why}`, 'invalid_client_metadata');
}

function view({ fields, keys, violations, warnings }: MappedDocument, clientId: string | undefined): object {
  const credentials = keys.map(({ kid, alg }) => ({ credential_type: 'public_key', kid, alg }));
  return {
    ...(clientId !== undefined && { client_id: clientId }),
    mapped_fields: {
      ...fields,
      ...(keys.length > 0 && {
        token_endpoint_auth_method: 'private_key_jwt',
        client_authentication_methods: { private_key_jwt: { credentials } },
      }),
    },
    validation: { valid: violations.length === 0, violations, warnings },
  };
}
