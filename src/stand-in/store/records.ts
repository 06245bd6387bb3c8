/** The records of the store. Field names are Auth0's own, so that an answer is mostly a copy. */

export type Metadata = Record<string, unknown>;

export interface Identity {
  connection: string;
  user_id: string;
  provider: string;
  isSocial: boolean;
  /** For a linked account: the profile of the former user. */
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
  /** State before its last change, which searches show for a while. */
  previous?: UserProfile;
  connection: string;
  password?: StoredPassword;
  /** MFA enrolments. */
  authentication_methods?: AuthenticationMethod[];
}

/** One of a user's MFA enrolments, unmasked. */
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
  /** With `private_key_jwt`, the client authenticates with one of these keys, and secrets are not used. */
  client_authentication_methods?: { private_key_jwt?: { credentials: { id: string }[] } };
  /** URL of the metadata document that it was registered from. */
  external_client_id?: string;
  client_metadata?: Record<string, string>;
  refresh_token: RefreshTokenSettings;
  jwt_configuration: Record<string, unknown>;
  /** Fields without effect here, stored and shown. */
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

/** A user's consent. `clientID` is Auth0's spelling (recorded). */
export interface UserGrant {
  id: string;
  clientID: string;
  user_id: string;
  audience: string;
  scope: string[];
  /** The consent is limited to this organization (Auth0 docs, "Consent with Organizations"). */
  organization_id?: string;
}

export interface Organization {
  id: string;
  name: string;
  display_name?: string;
  branding?: Record<string, unknown>;
  metadata?: Record<string, string>;
  token_quota?: Record<string, unknown>;
  /** Whether users may sign in to it through third-party applications. */
  third_party_client_access: 'allow' | 'block';
  /** Only associated applications may be used; left out if never set. */
  is_app_entitlement_active?: boolean;
}

/** A connection of an organization. */
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
  /** Ids of roles that are limited to the organization. */
  roles: string[];
  /** Milliseconds since 1970. */
  added_at: number;
  /** The membership has ended, and delayed lists still show it. */
  removed_at?: number;
}

/** A client grant that is associated with an organization. */
export interface OrganizationGrant {
  organization_id: string;
  grant_id: string;
}

/** An application that is associated with an organization. */
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
  /** Left out, like `scopes`, if never set. */
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
  /** Fields without effect here, stored and shown. */
  [other: string]: unknown;
}

/** An external OpenID provider, for connections. */
export interface IdentityProvider {
  discovery_url: string;
  /** Its metadata (OpenID Connect Discovery 1.0, section 3). */
  metadata: Record<string, unknown>;
}

/** A key or certificate of a client, and its public view. */
export interface ClientCredential {
  id: string;
  client_id: string;
  view: Record<string, unknown>;
  /** Left out if only a certificate's name or thumbprint is stored. */
  public_jwk?: Record<string, unknown>;
}

export interface Role {
  id: string;
  name: string;
  description?: string | null;
  type?: 'tenant' | 'organization';
  /** The organization that owns the role. */
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

/** A job as the Management API shows it, and the remaining work. */
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

/** A link that permits a single use of one action. */
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

/** Consecutive wrong passwords for one identifier from one address. */
export interface FailedSignIns {
  identifier: string;
  ip: string;
  count: number;
}

/** The variable members of an event; the others are the same in all events. */
export interface LogEvent {
  log_id: string;
  date: string;
  type: string;
  description?: string;
  connection?: string;
  connection_id?: string;
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

/** A record of oidc-provider: a session, a code, a refresh token, … */
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
