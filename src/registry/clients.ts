import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';

interface Client {
  client_id: string;
  created_at: string;
}

/** The single-page app of a tenant: tokens issued to it make a user principal. */
export interface UserClient extends Client {
  kind: 'user';
  tenant_id: string;
  /** Origins whose pages may call the API (CORS). */
  origins: string[];
  /** Where the authority sends people back to, after signing in and out. Left out: only the authority knows. */
  callback_urls?: string[];
  logout_urls?: string[];
}

/** An API key. Dates are ISO 8601. */
export interface TenantClient extends Client {
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
  /** While a rotation is under way: each other's client id, and when the old one ends. */
  replaces?: string;
  replaced_by?: string;
  retires_at?: string;
}

/** A third-party app; its tenant is that of the user whom it acts for. */
export interface AppClient extends Client {
  kind: 'app';
  name: string;
}

export type RegisteredClient = UserClient | TenantClient | AppClient;

export async function readClient(redis: Redis, clientId: string): Promise<RegisteredClient | undefined> {
  const text = await redis.hget(keys.clients, clientId);
  return text === null ? undefined : (JSON.parse(text) as RegisteredClient);
}

/** @returns the client ids of the apps that it is an origin of, with a space between */
export async function readOrigin(redis: Redis, origin: string): Promise<string | undefined> {
  return (await redis.hget(keys.origins, origin)) ?? undefined;
}
