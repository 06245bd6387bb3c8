/** Settings that are right each for itself, and cannot all be meant. */

import type { OperatorsFrom } from './operators-from.ts';

interface Given {
  SHARED_DATABASE?: string | undefined;
  TENANT_SETTINGS_DATABASE: string;
  TENANT_WEB_APPS?: readonly string[];
  WEB_APP_CLIENT_IDS?: readonly string[];
  WEB_APP_ORIGINS?: readonly string[];
  OPERATOR_CLIENT_IDS?: readonly string[];
  CONSOLE_CLIENT_ID?: string | undefined;
  OPERATORS_FROM?: OperatorsFrom | undefined;
  /** Of the workers only. */
  AUTH0_CLIENT_ID?: string;
  AUTH0_CLIENT_SECRET?: string | undefined;
  AUTH0_PRIVATE_KEY_FILE?: object | undefined;
}

/**
 * @param given as read; the workers have fewer of them
 * @returns one sentence for each contradiction, beginning with the setting to look at
 */
export function contradictions({
  SHARED_DATABASE,
  TENANT_SETTINGS_DATABASE,
  TENANT_WEB_APPS = [],
  WEB_APP_CLIENT_IDS = [],
  WEB_APP_ORIGINS = [],
  OPERATOR_CLIENT_IDS = [],
  CONSOLE_CLIENT_ID,
  OPERATORS_FROM,
  AUTH0_CLIENT_ID,
  AUTH0_CLIENT_SECRET,
  AUTH0_PRIVATE_KEY_FILE,
}: Given): string[] {
  const faults: string[] = [];
  if (AUTH0_CLIENT_ID !== undefined) {
    if (AUTH0_CLIENT_SECRET === undefined && AUTH0_PRIVATE_KEY_FILE === undefined)
      faults.push('AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY_FILE is missing: one of them proves the client');
    if (AUTH0_CLIENT_SECRET !== undefined && AUTH0_PRIVATE_KEY_FILE !== undefined)
      faults.push('AUTH0_CLIENT_SECRET and AUTH0_PRIVATE_KEY_FILE are both set: a client has one of them');
  }
  if (isSame(TENANT_SETTINGS_DATABASE, SHARED_DATABASE))
    faults.push(
      'SHARED_DATABASE is also TENANT_SETTINGS_DATABASE, where no tenant may live: name another one',
    );
  if (OPERATORS_FROM !== undefined && CONSOLE_CLIENT_ID === undefined)
    faults.push('OPERATORS_FROM is set and CONSOLE_CLIENT_ID is not: operators sign in through the console');
  if (OPERATORS_FROM?.kind === 'connection' && isSame(OPERATORS_FROM.id, SHARED_DATABASE))
    faults.push(
      "OPERATORS_FROM names SHARED_DATABASE, where tenants' users live: give operators one of their own",
    );
  if (
    CONSOLE_CLIENT_ID !== undefined &&
    [...WEB_APP_CLIENT_IDS, ...OPERATOR_CLIENT_IDS].includes(CONSOLE_CLIENT_ID)
  )
    faults.push(
      'CONSOLE_CLIENT_ID is also in WEB_APP_CLIENT_IDS or OPERATOR_CLIENT_IDS: the console is a client of its own',
    );
  const isOperator = (id: string) => OPERATOR_CLIENT_IDS.includes(id);
  if (WEB_APP_CLIENT_IDS.some(isOperator))
    faults.push('WEB_APP_CLIENT_IDS names a client of OPERATOR_CLIENT_IDS: no client is both');
  if (WEB_APP_CLIENT_IDS.length > 0) return faults;
  if (TENANT_WEB_APPS.length > 0 && !TENANT_WEB_APPS.includes('own'))
    faults.push('TENANT_WEB_APPS allows shared web apps only, and WEB_APP_CLIENT_IDS names none');
  if (WEB_APP_ORIGINS.length > 0)
    faults.push('WEB_APP_ORIGINS has pages of a web app that WEB_APP_CLIENT_IDS does not name');
  return faults;
}

/** Names of connections differ by more than their case. */
const isSame = (one: string, other: string | undefined): boolean =>
  one.toLowerCase() === other?.toLowerCase();
