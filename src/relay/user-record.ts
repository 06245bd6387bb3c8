/** A user as relay jobs speak of it: what we read of Auth0's record, and nothing more. */
export interface UserRecord {
  user_id: string;
  email: string;
  email_verified: boolean;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  blocked: boolean;
  roles: string[];
  user_metadata: Record<string, unknown>;
  created_at: string;
  updated_at: string;
  last_login?: string;
  logins_count?: number;
}

/** What may be changed about a user; `null` removes a value. Never `app_metadata`: it says whose the user is. */
export interface UserChangesRecord {
  email?: string;
  email_verified?: boolean;
  name?: string | null;
  given_name?: string | null;
  family_name?: string | null;
  nickname?: string | null;
  picture?: string | null;
  blocked?: boolean;
  user_metadata?: Record<string, unknown>;
}

/** What a tenant says of a user to be created. */
export interface NewUserRecord {
  email: string;
  password?: string;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  email_verified?: boolean;
  roles?: string[];
  user_metadata?: Record<string, unknown>;
}
