import { isPassword } from '../passwords.ts';
import type { Client, Connection, StoredUser } from '../store/records.ts';
import { inConnection, type Store } from '../store/store.ts';

/**
 * Connections with which a client's users can sign in: those enabled for it; for third-party clients those of the whole domain (Auth0 docs,
 * "Enable third-party application access").
 */
export function connectionsOf(store: Store, client: Client): Connection[] {
  return [...store.connections.values()].filter((connection) =>
    client.is_first_party
      ? connection.enabled_clients.includes(client.client_id)
      : connection.is_domain_connection,
  );
}

/** @returns the user of these connections with this password */
export function userWithPassword(
  store: Store,
  connections: readonly Connection[],
  identifier: string,
  password: string,
): StoredUser | undefined {
  for (const { name } of connections) {
    const key = inConnection(name, identifier.toLowerCase());
    const user =
      store.users.first('connectionEmail', key) ??
      store.users.first('connectionUsername', inConnection(name, identifier));
    if (user?.password && isPassword(password, user.password)) return user;
  }
  return undefined;
}

/** Claims of the id token and of /userinfo, by scope (Auth0 docs, "OpenID Connect scopes"). */
export function claimsAbout({ profile }: StoredUser, scopes: ReadonlySet<string>): Record<string, unknown> {
  const { given_name, family_name, nickname, name, picture, updated_at, email, email_verified } = profile;
  const claims = {
    sub: profile.user_id,
    ...(scopes.has('profile') && { given_name, family_name, nickname, name, picture, updated_at }),
    ...(scopes.has('email') && { email, email_verified }),
    ...(scopes.has('phone') && {
      phone_number: profile.phone_number,
      phone_number_verified: profile.phone_verified,
    }),
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
