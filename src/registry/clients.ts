/** Clients of the authority that the registry knows. Stored by `client-store.ts`, `api-keys.ts` and `apps.ts`. */

interface Client {
  client_id: string;
  created_at: string;
}

/** The single-page app of a tenant: tokens issued to it make a user principal. */
export interface SpaClient extends Client {
  kind: 'user';
  tenant_id: string;
  /** Origins whose pages may call the API (CORS). */
  origins: string[];
  /** Where the authority sends people back to, after signing in and out. Left out: only the authority knows. */
  callback_urls?: string[];
  logout_urls?: string[];
}

/** An API key. Dates are ISO 8601. */
export interface ApiKeyClient extends Client {
  kind: 'tenant';
  tenant_id: string;
  name: string;
  /** What it was made with; the token decides what it may do. Left out: whatever its client grant says. */
  scopes?: string[];
  /** Left out: the operator made it. */
  created_by?: { kind: 'user' | 'tenant'; id: string };
  /** Keyed hash of id and secret together. */
  secret_hash?: string;
  expires_at?: string;
  /** CIDR ranges; left out: from anywhere. */
  allowed_addresses?: string[];
  /** Another one each time that its client was found changed at the authority: what was known of its secret counts no more. */
  recheck?: string;
  /** While a rotation is under way: each other's client id, and when the old one ends. */
  replaces?: string;
  replaced_by?: string;
  retires_at?: string;
}

export type AppStatus = 'pending' | 'approved' | 'blocked';

/** Why somebody should look at an app's name or logo before they approve it. */
export const APP_FLAGS = ['operator_name', 'mixed_scripts', 'confusable_name', 'operator_logo'] as const;
export type AppFlag = (typeof APP_FLAGS)[number];

/** What somebody who decides on an app decides on. */
export interface AppIdentity {
  name: string;
  /** Hash of what else people know it by: names in other languages, logo, page. */
  shown: string;
  scopes: string[];
  /** Host and port, `loopback`, or the private-use scheme of each redirect URI. */
  redirect_hosts: string[];
  /** How it authenticates, and hashes or the address of its keys. */
  keys: string[];
}

/** A third-party app; its tenant is that of the user whom it acts for. What it registered is in `Apps.readMetadata`. */
export interface AppClient extends Client {
  kind: 'app';
  name: string;
  /** By which door it came: RFC 7591, or a client id metadata document. */
  registration: 'dynamic' | 'metadata_document';
  status: AppStatus;
  /** The operator client that decided on its status; left out: it follows from the configuration. */
  status_by?: string;
  /** What of it decisions are made on; left out: registered before this was kept. */
  identity?: AppIdentity;
  /** What it was when somebody approved it; left out: nobody has, its status follows from the configuration. */
  status_on?: AppIdentity;
  /** ISO 8601: when an approval ended because the app had gone beyond what was approved. */
  approval_lapsed_at?: string;
  /** All that it may ever ask users for. */
  scopes: string[];
  flags?: AppFlag[];
  /** The tenant whose initial access token it came with: pending, it works for that tenant's users. */
  vouched_by?: string;
  /** What it was when it came with that token, and when the app went beyond it. */
  vouched_on?: AppIdentity;
  vouch_lapsed_at?: string;
  /** Issuer of the software statement it came with. */
  statement_issuer?: string;
  /** Keyed hashes: of the registration access token, of id and secret, of what it registered and from where. */
  registration_token_hash?: string;
  secret_hash?: string;
  alike?: string;
  /** Its id at the Management API, where that is another one: who came by a metadata document goes by the document's address. */
  authority_client_id?: string;
  /** Of what its metadata document said when it was registered. */
  document_hash?: string;
}

/** What an app changes into. */
export interface NextApp {
  identity: AppIdentity;
  flags: AppFlag[];
  /** Its status if nobody decides on it. */
  byItself: 'pending' | 'approved';
  /** What of it a software statement says: its issuer approves that. */
  affirmed: (keyof AppIdentity)[];
}

export type RegisteredClient = SpaClient | ApiKeyClient | AppClient;
