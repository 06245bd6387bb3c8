import type { LogType } from '../log-book.ts';

/** Types of log events by the category that filters of log streams name (Auth0 docs, "Log stream filters"). Others are in `other`. */
const CATEGORIES: Readonly<Record<string, readonly LogType[]>> = {
  'auth.login.fail': ['f', 'fp'],
  'auth.login.success': ['s'],
  'auth.logout.success': ['slo'],
  'auth.signup.success': ['ss'],
  'auth.token_exchange.fail': ['feacft', 'feccft', 'ferrt', 'fertft'],
  'auth.token_exchange.success': ['seacft', 'seccft', 'sertft'],
  'management.success': ['sapi'],
  'system.notification': ['api_limit', 'limit_wc'],
  'user.notification': ['ublkdu'],
  'user.success': ['scp', 'sdu', 'srrt', 'sv'],
  actions: ['actions_execution_failed'],
};

export const CATEGORY_NAMES: readonly string[] = [
  ...Object.keys(CATEGORIES),
  'auth.ancillary.fail',
  'auth.ancillary.success',
  'auth.login.notification',
  'auth.logout.fail',
  'auth.signup.fail',
  'auth.silent_auth.fail',
  'auth.silent_auth.success',
  'management.fail',
  'other',
  'scim.event',
  'security',
  'user.fail',
];

export function categoryOf(type: string): string {
  const found = Object.entries(CATEGORIES).find(([, types]) => types.some((one) => one === type));
  return found?.[0] ?? 'other';
}
