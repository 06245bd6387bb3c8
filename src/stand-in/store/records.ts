/** The records of the store. Field names are Auth0's own, so that an answer is mostly a copy. */

export type Metadata = Record<string, unknown>;

export interface Identity {
  connection: string;
  user_id: string;
  provider: string;
  isSocial: boolean;
  /** Of a linked account: what its user was. */
  profileData?: Record<string, unknown>;
}

/** A user as the Management API shows it. */
export interface UserProfile {
  user_id: string;
  email?: string;
  email_verified?: boolean;
  username?: string;
  phone_number?: string;
  phone_verified?: boolean;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  blocked?: boolean;
  identities: Identity[];
  user_metadata?: Metadata;
  app_metadata?: Metadata;
  created_at: string;
  updated_at: string;
  last_password_reset?: string;
  last_ip?: string;
  last_login?: string;
  logins_count?: number;
}

export interface StoredPassword {
  salt: string;
  hash: string;
}

export interface StoredUser {
  profile: UserProfile;
  /** As it was before its last change: what searches go on showing for a while. */
  previous?: UserProfile;
  connection: string;
  password?: StoredPassword;
  /** Second factors. */
  authentication_methods?: AuthenticationMethod[];
}

/** One of a user's second factors, nothing of it masked. */
export interface AuthenticationMethod {
  id: string;
  type: string;
  created_at: string;
  name?: string;
  email?: string;
  phone_number?: string;
  preferred_authentication_method?: string;
  authentication_methods?: { id: string; type: string }[];
}

export interface RefreshTokenSettings {
  rotation_type: 'rotating' | 'non-rotating';
  expiration_type: 'expiring' | 'non-expiring';
  leeway: number;
  token_lifetime: number;
  infinite_token_lifetime: boolean;
  infinite_idle_token_lifetime: boolean;
  idle_token_lifetime: number;
}

export interface Client {
  client_id: string;
  client_secret?: string;
  /** After a rotation, times in milliseconds since 1970: either secret may be accepted for a while (Auth0 docs, "Rotate client secret"). */
  previous_secret?: { value: string; until: number; replacedAt?: number };
  name: string;
  description?: string;
  app_type?: string;
  is_first_party: boolean;
  third_party_security_mode?: 'strict' | 'permissive';
  redirection_policy?: 'allow_always' | 'open_redirect_protection';
  grant_types: string[];
  callbacks?: string[];
  web_origins?: string[];
  allowed_origins?: string[];
  allowed_logout_urls?: string[];
  token_endpoint_auth_method?: 'none' | 'client_secret_post' | 'client_secret_basic';
  /** With `private_key_jwt`, secrets are of no use: the client proves itself with one of these keys. */
  client_authentication_methods?: { private_key_jwt?: { credentials: { id: string }[] } };
  /** Address of the metadata document that it was registered from. */
  external_client_id?: string;
  client_metadata?: Record<string, string>;
  refresh_token: RefreshTokenSettings;
  jwt_configuration: Record<string, unknown>;
  /** Fields that nothing here acts upon, kept and shown again. */
  [other: string]: unknown;
}

export interface ClientGrant {
  id: string;
  client_id?: string;
  default_for?: 'third_party_clients';
  audience: string;
  scope: string[];
  allow_all_scopes?: boolean;
  subject_type?: 'client' | 'user' | 'anonymous_user';
  organization_usage?: string;
  allow_any_organization?: boolean;
  authorization_details_types?: string[];
  is_system?: boolean;
}

/** What a user consented to. `clientID` is Auth0's spelling (recorded). */
export interface UserGrant {
  id: string;
  clientID: string;
  user_id: string;
  audience: string;
  scope: string[];
  /** Consent counts in this organization only (Auth0 docs, "Consent with Organizations"). */
  organization_id?: string;
}

export interface Organization {
  id: string;
  name: string;
  display_name?: string;
  branding?: Record<string, unknown>;
  metadata?: Record<string, string>;
  token_quota?: Record<string, unknown>;
  /** Whether users may come to it by somebody else's application. */
  third_party_client_access: 'allow' | 'block';
  /** Only applications that are named may be used; left out where nobody ever said so. */
  is_app_entitlement_active?: boolean;
}

/** How an organization's users sign in. */
export interface OrganizationConnection {
  organization_id: string;
  connection_id: string;
  assign_membership_on_login: boolean;
  is_signup_enabled: boolean;
  show_as_button: boolean;
}

export interface Member {
  organization_id: string;
  user_id: string;
  /** Ids of roles that count here only. */
  roles: string[];
  /** Milliseconds since 1970. */
  added_at: number;
  /** Is none any more, and lists that lag go on showing it. */
  removed_at?: number;
}

/** A client grant that may be used for this organization. */
export interface OrganizationGrant {
  organization_id: string;
  grant_id: string;
}

/** An application that is named for this organization. */
export interface OrganizationClient {
  organization_id: string;
  client_id: string;
  use_for_member_access: boolean;
}

export interface Invitation {
  id: string;
  organization_id: string;
  client_id: string;
  connection_id?: string;
  inviter: { name: string };
  invitee: { email: string };
  invitation_url: string;
  ticket_id: string;
  created_at: string;
  expires_at: string;
  roles?: string[];
  app_metadata?: Metadata;
  user_metadata?: Metadata;
}

export interface DiscoveryDomain {
  id: string;
  organization_id: string;
  domain: string;
  status: 'pending' | 'verified';
  use_for_organization_discovery: boolean;
  verification_host: string;
  verification_txt: string;
}

export interface ResourceServer {
  id: string;
  /** Left out like `scopes` where nobody said them. */
  name?: string;
  identifier: string;
  scopes?: { value: string; description?: string }[];
  signing_alg: string;
  signing_secret?: string;
  allow_offline_access: boolean;
  token_lifetime: number;
  token_lifetime_for_web: number;
  skip_consent_for_verifiable_first_party_clients: boolean;
  enforce_policies?: boolean;
  token_dialect?: string;
  is_system?: boolean;
  subject_type_authorization: { user: { policy: string }; client: { policy: string } };
  [other: string]: unknown;
}

export interface Connection {
  id: string;
  name: string;
  display_name?: string;
  strategy: string;
  enabled_clients: string[];
  is_domain_connection: boolean;
  options: Record<string, unknown>;
  realms: string[];
  metadata?: Record<string, string>;
  /** Fields that nothing here acts upon, kept and shown again. */
  [other: string]: unknown;
}

/** Somebody else's OpenID provider that connections lead to. */
export interface IdentityProvider {
  discovery_url: string;
  /** What it publishes there (OpenID Connect Discovery 1.0, section 3). */
  metadata: Record<string, unknown>;
}

/** A key or certificate of a client, and what is shown of it. */
export interface ClientCredential {
  id: string;
  client_id: string;
  view: Record<string, unknown>;
  /** Left out where only a certificate's name or thumbprint is kept. */
  public_jwk?: Record<string, unknown>;
}

export interface Role {
  id: string;
  name: string;
  description?: string | null;
  type?: 'tenant' | 'organization';
  /** The organization whose role it is. */
  owner_id?: string;
  permissions: Permission[];
}

export interface Permission {
  resource_server_identifier: string;
  permission_name: string;
}

/** Roles and permissions of a user. */
export interface UserAccess {
  user_id: string;
  roles: string[];
  permissions: Permission[];
}

export interface ImportError {
  user: unknown;
  errors: { code: string; message: string; path?: string }[];
}

/** A job as the Management API shows it, and what is left to do. */
export interface Job {
  id: string;
  type: 'users_import' | 'users_export' | 'verification_email';
  status: 'pending' | 'completed' | 'failed';
  status_details?: string;
  created_at: string;
  connection_id?: string;
  connection?: string;
  external_id?: string;
  summary?: { failed: number; updated: number; inserted: number; total: number };
  format?: 'json' | 'csv';
  limit?: number;
  fields?: { name: string; export_as?: string }[];
  import?: { users: unknown[]; next: number; upsert: boolean };
  errors?: ImportError[];
}

/** A link that lets whoever has it do one thing once. */
export interface Ticket {
  id: string;
  kind: 'password-change' | 'email-verification';
  user_id: string;
  result_url?: string;
  mark_email_as_verified: boolean;
  include_email: boolean;
  /** Milliseconds since 1970. */
  expires_at: number;
}

/** Wrong passwords for one identifier from one address, one after the other. */
export interface FailedSignIns {
  identifier: string;
  ip: string;
  count: number;
}

/** What differs from one event to the next; the rest of what Auth0 shows is the same in all of them. */
export interface LogEvent {
  log_id: string;
  date: string;
  type: string;
  description?: string;
  connection?: string;
  client_id?: string;
  client_name?: string;
  ip?: string;
  details?: unknown;
  user_id?: string;
  user_name?: string;
  user_agent?: string;
  audience?: string;
  scope?: string;
  strategy?: string;
  strategy_type?: string;
}

/** Something of oidc-provider's: a session, a code, a refresh token, … */
export interface Artifact {
  model: string;
  id: string;
  payload: Record<string, unknown>;
  /** Milliseconds since 1970. */
  expires_at?: number;
}

export interface SigningKey {
  kid: string;
  private_jwk: Record<string, unknown>;
}

export interface Setting {
  name: string;
  value: unknown;
}
