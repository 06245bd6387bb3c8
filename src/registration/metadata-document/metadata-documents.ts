/**
 * Registration by client id metadata document: an app whose client id is the URL of a document about itself. It is registered on its first
 * authorization request, and again when its document has changed.
 */
import type { AppClient } from '../../registry/clients.ts';
import type { Registry } from '../../registry/registry.ts';
import { Problem } from '../../problem.ts';
import type { Check } from '../../contract/validators.ts';
import { checkDocumentAddress, type DocumentsFrom } from './document-address.ts';
import { readDocumentMetadata, type DocumentMetadata } from './document-metadata.ts';
import type { DocumentStore } from './document-store.ts';
import { fetchDocument } from './fetch-document.ts';

export interface DocumentRegistration {
  address: string;
  metadata: DocumentMetadata;
  /** Its previous registration, if any. */
  known: AppClient | undefined;
}

export interface MetadataDocuments {
  /**
   * Resolves when the app is registered as its document says.
   * @param callerRange address range of the caller
   * @param register registers it at Auth0 and in the registry; called for one request at a time
   * @throws Problem
   */
  admit(
    clientId: string,
    callerRange: string,
    register: (registration: DocumentRegistration) => Promise<void>,
  ): Promise<void>;
}

interface Parts {
  registry: Registry;
  /** Reads Redis, not the cache in memory. */
  readApp: (clientId: string) => Promise<AppClient | undefined>;
  store: DocumentStore;
  from: DocumentsFrom;
  /** The contract's schema of client metadata. */
  check: Check;
  /** Scopes that apps may have now. */
  appScopes: () => readonly string[];
  /** How long to wait while another request registers the same document, ms. */
  waitMs: number;
}

const POLL_MS = 50;

export function createMetadataDocuments(parts: Parts): MetadataDocuments {
  const { registry, readApp, store, from, check, appScopes, waitMs } = parts;

  async function read(url: URL, callerRange: string): Promise<DocumentMetadata> {
    const fresh = await store.fresh(url.href);
    if (fresh) return fresh;
    await store.countFetch(callerRange);
    const { document, freshMs } = await fetchDocument(url, { from });
    const metadata = readDocumentMetadata(document, url.href, { check, appScopes: appScopes() });
    await store.keep(url.href, metadata, freshMs);
    return metadata;
  }

  async function knownApp(address: string): Promise<AppClient | undefined> {
    const client = await registry.client(address);
    return client?.kind === 'app' ? client : undefined;
  }

  /** While holding the lock, the cache in memory may be stale: another request may have held the lock before. */
  async function renewed(
    address: string,
    metadata: DocumentMetadata,
    register: (registration: DocumentRegistration) => Promise<void>,
  ): Promise<void> {
    const known = await readApp(address);
    if (known?.document_hash !== metadata.hash) await register({ address, metadata, known });
  }

  return {
    async admit(clientId, callerRange, register) {
      const url = checkDocumentAddress(clientId, from);
      const metadata = await read(url, callerRange);
      const giveUpAt = Date.now() + waitMs;
      while (Date.now() < giveUpAt) {
        const known = await knownApp(clientId);
        if (known?.document_hash === metadata.hash) return;
        const endTurn = await store.takeTurn(clientId);
        if (endTurn) {
          await renewed(clientId, metadata, register).finally(endTurn);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      throw new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
    },
  };
}
