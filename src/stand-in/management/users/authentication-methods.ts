import { newId } from '../../random-ids.ts';
import type { AuthenticationMethod, StoredUser } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules, type Rule } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { readPage } from '../query-values.ts';
import { knownUser } from './known-user.ts';

/** A user's MFA enrolments: stored and shown, but never used at sign-in here. All recorded, except failures. */
const PATH = '/users/{id}/authentication-methods';
const ONE = `${PATH}/{method_id}`;

const TEXT: Rule = { type: 'string', minLength: 1 };
const PREFERRED: Rule = { type: 'string', enum: ['voice', 'sms'] };

/** Specified. */
const NEW_METHOD: BodyRules = {
  required: ['type'],
  properties: {
    type: { type: 'string', enum: ['phone', 'email', 'totp', 'webauthn-roaming', 'passkey'] },
    name: TEXT,
    email: TEXT,
    phone_number: { type: 'string', minLength: 2, maxLength: 30 },
    preferred_authentication_method: PREFERRED,
    totp_secret: TEXT,
    key_id: TEXT,
    public_key: TEXT,
    relying_party_identifier: TEXT,
  },
};
const CHANGES: BodyRules = {
  required: [],
  properties: { name: TEXT, preferred_authentication_method: PREFERRED },
};

export const AUTHENTICATION_METHODS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: PATH,
    scopes: ['read:authentication_methods'],
    answer: (call: Call) => {
      const methods = methodsOf(knownUser(call));
      const { start, limit, includeTotals } = readPage(call.query);
      const authenticators = methods.slice(start, start + limit).map(read);
      if (!includeTotals) return { status: 200, body: authenticators };
      // Recorded: no total for an empty list.
      const total = methods.length > 0 && { total: methods.length };
      return { status: 200, body: { authenticators, ...total, start, limit } };
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: ['create:authentication_methods'],
    logAs: 'Create an authentication method for a user',
    answer: (call: Call) => {
      const user = knownUser(call);
      const made = newMethod(call.body, call.now());
      keep(call, user, [...methodsOf(user), made]);
      return { status: 201, body: masked(made) };
    },
  },
  {
    method: 'PUT',
    path: PATH,
    scopes: ['update:authentication_methods'],
    logAs: 'Replace all authentication methods of a user',
    answer: (call: Call) => {
      const user = knownUser(call);
      const { methods } = checkBody(
        { methods: call.body },
        { required: ['methods'], properties: { methods: { type: 'array' } } },
      ) as { methods: unknown[] };
      const made = methods.map((one) => newMethod(one, call.now()));
      keep(call, user, made);
      // Recorded: unmasked, unlike everywhere else.
      return { status: 200, body: made };
    },
  },
  {
    method: 'DELETE',
    path: PATH,
    scopes: ['delete:authentication_methods'],
    logAs: 'Delete all authentication methods of a user',
    answer: (call: Call) => {
      keep(call, knownUser(call), []);
      return NO_CONTENT;
    },
  },
  {
    method: 'GET',
    path: ONE,
    scopes: ['read:authentication_methods'],
    answer: (call: Call) => ({ status: 200, body: read(known(call)) }),
  },
  {
    method: 'PATCH',
    path: ONE,
    scopes: ['update:authentication_methods'],
    logAs: 'Update an authentication method of a user',
    answer: (call: Call) => {
      const method = known(call);
      const changed = { ...method, ...checkBody(call.body, CHANGES) };
      const user = knownUser(call);
      keep(
        call,
        user,
        methodsOf(user).map((one) => (one.id === method.id ? changed : one)),
      );
      return { status: 200, body: masked(changed) };
    },
  },
  {
    method: 'DELETE',
    path: ONE,
    scopes: ['delete:authentication_methods'],
    logAs: 'Delete an authentication method of a user',
    answer: (call: Call) => {
      const user = knownUser(call);
      keep(
        call,
        user,
        methodsOf(user).filter(({ id }) => id !== call.params['method_id']),
      );
      return NO_CONTENT;
    },
  },
];

const methodsOf = ({ authentication_methods: methods = [] }: StoredUser): AuthenticationMethod[] => methods;

function keep({ store }: Call, user: StoredUser, methods: AuthenticationMethod[]): void {
  store.users.put({ ...user, authentication_methods: methods });
}

function newMethod(body: unknown, now: number): AuthenticationMethod {
  const { totp_secret: _kept, ...input } = checkBody(body, NEW_METHOD) as {
    type: string;
    totp_secret?: string;
  };
  const device = newId.device();
  const { preferred_authentication_method: preferred } = input as Record<string, string | undefined>;
  return {
    id: `${input.type}|${device}`,
    ...input,
    created_at: new Date(now).toISOString(),
    ...(input.type === 'phone' &&
      preferred !== undefined && {
        authentication_methods: [{ id: `${preferred}|${device}`, type: preferred }],
      }),
  };
}

/** Status specified, wording guessed. */
function known(call: Call): AuthenticationMethod {
  const found = methodsOf(knownUser(call)).find(({ id }) => id === call.params['method_id']);
  if (found) return found;
  throw new ApiError(404, 'The authentication method does not exist.', 'inexistent_authentication_method');
}

function read(method: AuthenticationMethod): object {
  return { ...masked(method), confirmed: true };
}

const SHOWN = 4;

function masked({ email, phone_number: phone, ...method }: AuthenticationMethod): object {
  return {
    ...method,
    ...(email !== undefined && { email: email.split('@').map(maskedPart).join('@') }),
    ...(phone !== undefined && { phone_number: phone.slice(-SHOWN).padStart(phone.length, 'X') }),
  };
}

/** Its first letters; none of a short text. */
function maskedPart(text: string): string {
  return text.length > SHOWN ? text.slice(0, SHOWN).padEnd(text.length, '*') : '*'.repeat(SHOWN);
}
