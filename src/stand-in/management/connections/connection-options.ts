import { ApiError } from '../api-error.ts';
import { completePasswordOptions } from './password-options.ts';
import type { Settings } from '../../settings.ts';
import { STRATEGIES, type Account, type Options } from './strategies.ts';

const DATABASE = 'auth0';

/** Recorded. */
const OF_DATABASES: Options = {
  passkey_options: {
    challenge_ui: 'both',
    progressive_enrollment_enabled: true,
    local_enrollment_enabled: true,
  },
  brute_force_protection: true,
};
const OF_NEW_DATABASES: Options = {
  mfa: { active: true, return_enroll_settings: true },
  strategy_version: 2,
};
const AUTHENTICATION_METHODS: Readonly<Record<string, object>> = {
  password: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
  passkey: { enabled: false },
};
const OF_EMAIL: Options = { verification_method: 'link', unique: true };

interface Attribute {
  identifier?: { active?: boolean };
  profile_required?: boolean;
  signup?: { status?: string };
}

/** Recorded, wording included: constraints on the attributes of a database. @throws ApiError */
export function checkOptions(options: Options | null | undefined): void {
  const attributes = options?.['attributes'] as Record<string, Attribute> | undefined;
  if (!options || !attributes) return;
  for (const other of ['requires_username', 'validation'])
    if (options[other]) throw refused(`Cannot set both options.attributes and options.${other}`);
  const all = Object.entries(attributes);
  if (!all.some(([, { identifier }]) => identifier?.active))
    throw refused('attributes must contain one active identifier');
  for (const [name, { profile_required: isRequired, signup }] of all)
    if (isRequired && (signup?.status ?? 'required') !== 'required')
      throw refused(`attribute ${name} must also be required on signup`);
}

function refused(message: string): ApiError {
  return new ApiError(400, message, 'invalid_body');
}

/** Options of a new connection. */
export function optionsOfNew(
  strategy: string,
  given: Options | null | undefined,
  account: Account & { settings: Settings },
): Options {
  const { optionsOfNew: added } = STRATEGIES[strategy] ?? {};
  if (strategy !== DATABASE) return completed(strategy, { ...added, ...given }, account);
  const policy = passwordPolicy(given, account.settings);
  return completed(strategy, { ...OF_NEW_DATABASES, ...policy, ...given }, account);
}

/** Options after an update, which replaces them. */
export function optionsOfChanged(strategy: string, given: Options, account: Account): Options {
  return completed(strategy, { ...STRATEGIES[strategy]?.optionsOfChanged, ...given }, account);
}

/** Recorded: given as null, these are null in that response, and omitted later; others stay null. */
const NOT_KEPT_AS_NULL = ['authorizationURL', 'tokenURL'];

export function optionsToKeep(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== null || !NOT_KEPT_AS_NULL.includes(name)),
  );
}

/** Recorded since August 2026: fifteen characters without options; a policy by name if the options do not mention passwords. */
function passwordPolicy(
  given: Options | null | undefined,
  { passwordsOfNewDatabases }: Pick<Settings, 'passwordsOfNewDatabases'>,
): Options {
  const isBare = !given || Object.keys(given).length === 0;
  if (isBare && passwordsOfNewDatabases === 'flexible') return { password_options: {} };
  return given?.['password_options'] === undefined ? { passwordPolicy: 'good' } : {};
}

function completed(strategy: string, given: Options, account: Account): Options {
  const { options: added, derive } = STRATEGIES[strategy] ?? {};
  // Given options come first: scopes follow the order of the options.
  const said = { ...given, ...missing(given, strategy === DATABASE ? OF_DATABASES : added) };
  const options = { ...said, ...(strategy === DATABASE ? databaseOptions(said) : derive?.(said, account)) };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function missing(given: Options, added: Options = {}): Options {
  return Object.fromEntries(Object.entries(added).filter(([name]) => given[name] === undefined));
}

function databaseOptions(options: Options): Options {
  const methods = (options['authentication_methods'] ?? {}) as Record<string, object>;
  const attributes = options['attributes'] as Record<string, object> | undefined;
  return {
    authentication_methods: {
      ...methods,
      ...Object.fromEntries(
        Object.entries(AUTHENTICATION_METHODS).map(([name, known]) => [name, { ...known, ...methods[name] }]),
      ),
    },
    ...(options['password_options'] !== undefined && {
      password_options: completePasswordOptions(options['password_options']),
    }),
    ...(attributes?.['email'] && {
      attributes: { ...attributes, email: { ...OF_EMAIL, ...attributes['email'] } },
    }),
  };
}
