/** Clients of the authority that the registry knows. Stored by `client-store.ts`, `api-keys.ts` and `apps.ts`. */

interface Client {
  client_id: string;
  created_at: string;
}

/** The single-page app of a tenant: its access tokens authenticate users. */
export interface SpaClient extends Client {
  kind: 'user';
  tenant_id: string;
  /** Origins whose pages may call the API (CORS). */
  origins: string[];
  /** Allowed callback and logout URLs at the authority. Omitted: only the authority has them. */
  callback_urls?: string[];
  logout_urls?: string[];
}

/** An API key. Dates are ISO 8601. */
export interface ApiKeyClient extends Client {
  kind: 'tenant';
  tenant_id: string;
  name: string;
  /** An upper bound of its token's scopes. Omitted: those of its client grant. */
  scopes?: string[];
  /** Omitted: created by the operator. */
  created_by?: { kind: 'user' | 'tenant'; id: string };
  /** Keyed hash of id and secret together. */
  secret_hash?: string;
  expires_at?: string;
  /** CIDR ranges; omitted: any address. */
  allowed_addresses?: string[];
  /** Changes with each change of its client that matters to it, which invalidates cached checks of its secret. */
  recheck?: string;
  /** When somebody else took scopes from it: what it requested until then, and has not begun, is not done. */
  narrowed_at?: string;
  /** During a rotation: client id of the other key, and when the old one ends. */
  replaces?: string;
  replaced_by?: string;
  retires_at?: string;
}

export type AppStatus = 'pending' | 'approved' | 'blocked';

/** Reasons to review an app's name or logo before approving it. */
export const APP_FLAGS = ['operator_name', 'mixed_scripts', 'confusable_name', 'operator_logo'] as const;
export type AppFlag = (typeof APP_FLAGS)[number];

/** The attributes of an app that a decision on it covers. */
export interface AppIdentity {
  name: string;
  /** Hash of its other visible attributes: names in other languages, logo, home page. */
  shown: string;
  scopes: string[];
  /** Host and port, `loopback`, or the private-use scheme of each redirect URI. */
  redirect_hosts: string[];
  /** Its authentication method, and hashes of its keys or their URL. */
  keys: string[];
}

/** A third-party app; its tenant is that of the user for whom it acts. Its client metadata: `Apps.readMetadata`. */
export interface AppClient extends Client {
  kind: 'app';
  name: string;
  /** RFC 7591, or a client id metadata document. */
  registration: 'dynamic' | 'metadata_document';
  status: AppStatus;
  /** The operator client that decided on its status; omitted: it follows from the configuration. */
  status_by?: string;
  /** Omitted in records from before this was stored. */
  identity?: AppIdentity;
  /** Its identity when an operator approved it; omitted: its status follows from the configuration. */
  status_on?: AppIdentity;
  /** ISO 8601: when an approval ended because the app changed beyond it. */
  approval_lapsed_at?: string;
  /** All scopes that it may request from users. */
  scopes: string[];
  flags?: AppFlag[];
  /** The tenant whose initial access token it registered with: while pending, it works for that tenant's users. */
  vouched_by?: string;
  /** Its identity when it registered with that token, and when it changed beyond that. */
  vouched_on?: AppIdentity;
  vouch_lapsed_at?: string;
  /** Issuer of its software statement. */
  statement_issuer?: string;
  /** Keyed hashes: of the registration access token, of id and secret, of its metadata and address at registration. */
  registration_token_hash?: string;
  secret_hash?: string;
  alike?: string;
  /** Its id at the Management API, if it differs: the client id of a metadata document is the document's URL. */
  authority_client_id?: string;
  /** Hash of its metadata document at registration. */
  document_hash?: string;
}

/** The new state of an app that changes. */
export interface NextApp {
  identity: AppIdentity;
  flags: AppFlag[];
  /** Its status without a decision. */
  byItself: 'pending' | 'approved';
  /** Attributes in a software statement, which its issuer approves. */
  affirmed: (keyof AppIdentity)[];
}

export type RegisteredClient = SpaClient | ApiKeyClient | AppClient;
