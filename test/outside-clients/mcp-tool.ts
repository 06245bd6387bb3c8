/** What a program that uses the MCP SDK has to bring, in either version of it: a memory, and a way to open a browser. */
import type { DpopSession, OAuthDiscoveryState } from '@modelcontextprotocol/client';

interface Tokens {
  access_token: string;
  token_type: string;
  refresh_token?: string | undefined;
}

export interface ToolSettings {
  redirectUrl: string;
  /** Address of the document that tells about it; left out: it registers itself. */
  clientMetadataUrl?: string;
  /** Its key, where its tokens are to be bound to one. Version 2 only. */
  dpop?: DpopSession;
}

export class McpTool {
  readonly redirectUrl: string;
  readonly clientMetadataUrl?: string;
  readonly clientMetadata;
  readonly dpop?: () => DpopSession;
  registered: { client_id: string } | undefined;
  /** Where a browser would have been opened. */
  sentTo: URL | undefined;
  readonly #state = crypto.randomUUID();
  #tokens: Tokens | undefined;
  #verifier = '';
  #discovery: OAuthDiscoveryState | undefined;

  constructor({ redirectUrl, clientMetadataUrl, dpop }: ToolSettings) {
    this.redirectUrl = redirectUrl;
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
    if (dpop) this.dpop = () => dpop;
    this.clientMetadata = {
      client_name: 'A tool of somebody’s',
      redirect_uris: [redirectUrl],
      application_type: 'native' as const,
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    };
  }

  state = (): string => this.#state;
  clientInformation = () => this.registered;
  saveClientInformation = (information: { client_id: string }): void => {
    this.registered = information;
  };
  tokens = () => this.#tokens;
  saveTokens = (tokens: Tokens): void => {
    this.#tokens = tokens;
  };
  redirectToAuthorization = (url: URL): void => {
    this.sentTo = url;
  };
  saveCodeVerifier = (verifier: string): void => {
    this.#verifier = verifier;
  };
  codeVerifier = () => this.#verifier;
  /** Version 2 holds the authority that it comes back from against the one that it left for. */
  saveDiscoveryState = (state: OAuthDiscoveryState): void => {
    this.#discovery = state;
  };
  discoveryState = () => this.#discovery;
  invalidateCredentials = (what: string): void => {
    if (what === 'tokens' || what === 'all') this.#tokens = undefined;
    if (what === 'client' || what === 'all') this.registered = undefined;
  };
}
