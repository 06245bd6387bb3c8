import type { Client } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Auth0 docs, "Security controls for third-party applications": strict is the default for third parties. */
export function isStrict(client: Client | undefined): boolean {
  return client !== undefined && !client.is_first_party && client.third_party_security_mode !== 'permissive';
}

/** With open redirect protection, the authorization server shows errors instead of redirecting to the application. */
export function mayRedirect(client: Client | undefined): boolean {
  return client?.redirection_policy !== 'open_redirect_protection';
}

/** Whether it is a third-party application. */
export function isThirdParty(client: Client | undefined): boolean {
  return client?.is_first_party === false;
}

/** Whether the origin may call the token endpoint as this client (CORS). */
export function isAllowedOrigin(client: Client | undefined, origin: string): boolean {
  const callbacks = (client?.callbacks ?? []).flatMap((one) =>
    URL.canParse(one) ? [new URL(one).origin] : [],
  );
  return [...(client?.web_origins ?? []), ...(client?.allowed_origins ?? []), ...callbacks].some(
    (one) => one.replace(/\/$/, '') === origin,
  );
}

/** The client with this id: its own, or the URL of its metadata document (Auth0 docs, CIMD). */
export function clientNamed(store: Store, id: string | null | undefined): Client | undefined {
  return store.clients.get(id ?? '') ?? store.clients.first('externalId', id ?? '');
}

/** Client id in tokens. Documented for `client_id`; that `azp` is the same is guessed. */
export function idInTokens({ client_id, external_client_id: address }: Client): string {
  return address ?? client_id;
}
