import type { Client } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Auth0 docs, "Security controls for third-party applications": strict, the default of third parties. */
export function isStrict(client: Client | undefined): boolean {
  return client !== undefined && !client.is_first_party && client.third_party_security_mode !== 'permissive';
}

/** With open redirect protection an error is shown by the authority, not sent to the application. */
export function mayRedirect(client: Client | undefined): boolean {
  return client?.redirection_policy !== 'open_redirect_protection';
}

/** Somebody else's application. */
export function isThirdParty(client: Client | undefined): boolean {
  return client?.is_first_party === false;
}

/** Whether scripts from there may call the token endpoint as this client. */
export function isAllowedOrigin(client: Client | undefined, origin: string): boolean {
  const callbacks = (client?.callbacks ?? []).flatMap((one) =>
    URL.canParse(one) ? [new URL(one).origin] : [],
  );
  return [...(client?.web_origins ?? []), ...(client?.allowed_origins ?? []), ...callbacks].some(
    (one) => one.replace(/\/$/, '') === origin,
  );
}

/** The client that goes by this id: its own, or the address of the metadata document that it came by (Auth0 docs, CIMD). */
export function clientNamed(store: Store, id: string | null | undefined): Client | undefined {
  return store.clients.get(id ?? '') ?? store.clients.first('externalId', id ?? '');
}

/** What tokens call it. Documented for `client_id`; that `azp` holds the same is guessed. */
export function idInTokens({ client_id, external_client_id: address }: Client): string {
  return address ?? client_id;
}
