/** Databases that tenants' users sign in with. They hold users, so nothing is changed. */
import type { AccountPart } from '../context.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Finding } from '../plan.ts';

export const connections: AccountPart = async ({ management, settings: { sharedDatabase } }) => {
  if (sharedDatabase === undefined) return emptyPlan();
  const query = { strategy: 'auth0', name: sharedDatabase };
  const found = await management.list('/connections', 'connections', query);
  return {
    ...emptyPlan(),
    findings: findingsOf(
      sharedDatabase,
      found.find(({ name }) => name === sharedDatabase),
    ),
  };
};

export function findingsOf(database: string, connection: Json | undefined): Finding[] {
  const finding = (about: string, what: string, why: string, remedy: string): Finding => ({
    item: `connection ${database}`,
    about,
    level: 'drift',
    what,
    why,
    remedy,
  });
  if (!connection)
    return [
      finding(
        'missing',
        'there is none',
        'SHARED_DATABASE names it',
        'Create it (Authentication, Database), without sign-up.',
      ),
    ];
  const { disable_signup: isClosed }: Json = { ...(connection['options'] ?? {}) };
  return [
    ...(isClosed === true
      ? []
      : [
          finding(
            'disable_signup',
            'anybody may sign up',
            'whoever signs up belongs to no tenant',
            'Disable sign-ups (Authentication, Database, Settings).',
          ),
        ]),
    ...(connection['is_domain_connection'] === true
      ? []
      : [
          finding(
            'is_domain_connection',
            'it is no domain-level connection',
            "third-party apps can't sign its users in",
            `Promote it: auth0 api patch connections/${String(connection['id'])} --data '{"is_domain_connection":true}'`,
          ),
        ]),
  ];
}
