import { compileQuery, fieldsOf, requiredTerms, type Matcher } from '../../search/match-query.ts';
import { parseQuery, QuerySyntaxError } from '../../search/parse-query.ts';
import type { StoredUser, UserProfile } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, invalidQuery } from '../api-error.ts';
import type { Answer, Call, Endpoint } from '../endpoint.ts';
import { wasMember } from '../organizations/memberships.ts';
import { chosenFields, readPage, type Page } from '../query-values.ts';

/** Auth0 docs, "List and search users": most results, whatever the page. */
const RESULTS_MAX = 1_000;
/** Auth0 docs, "List and search users": a query that is too long answers 414. */
const QUERY_LENGTH_MAX = 4_096;
const DEFAULT_FIELDS = ['email', 'name', 'given_name', 'family_name', 'nickname', 'username', 'user_id'];
/** Cache of parsed queries. */
const parsed = new Map<string, Search>();
const PARSED_MAX = 1_000;

interface Search {
  matches: Matcher;
  /** The search consists of this one indexed term. */
  only?: boolean;
  index?: { name: 'tenant' | 'email'; value: string };
  userId?: string;
  organizationId?: string;
  /** It searches for members of organizations, which are not part of profiles. */
  namesOrganizations?: boolean;
}

/** Auth0 docs, "Search organization members". */
const ORGANIZATION_FIELD = 'organization_id';

export const listUsersEndpoint: Endpoint = {
  method: 'GET',
  path: '/users',
  scopes: ['read:users', 'read:user_idp_tokens'],
  answer: (call: Call): Answer => {
    const { query } = call;
    const page = readPage(query);
    if (page.start + page.limit > RESULTS_MAX)
      throw new ApiError(
        400,
        `You can only page through the first ${RESULTS_MAX} records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation`,
        'invalid_paging',
      );
    const engine = query.get('search_engine');
    if (engine !== null && engine !== 'v3')
      throw invalidQuery(`No enum match for: ${engine}`, 'search_engine');
    const search = readSearch(query.get('q'));
    const found = find(call, search, query.get('connection'), query.get('sort'), page);
    const users = `[${found.users.map(query.get('fields') ? textOf(chosenFields(query)) : profileText).join()}]`;
    if (!page.includeTotals) return { status: 200, json: users };
    const { start, limit } = page;
    const head = JSON.stringify({ start, limit, length: found.users.length, total: found.total });
    return { status: 200, json: `${head.slice(0, -1)},"users":${users}}` };
  },
};

/** Cache of serialised profiles: a list has up to a hundred, and most of them were shown before. They are never changed in place. */
const profileTexts = new WeakMap<UserProfile, string>();

function profileText(profile: UserProfile): string {
  const known = profileTexts.get(profile);
  if (known !== undefined) return known;
  const fresh = JSON.stringify(profile);
  profileTexts.set(profile, fresh);
  return fresh;
}

function textOf(choose: (record: object) => object): (profile: UserProfile) => string {
  return (profile) => JSON.stringify(choose(profile));
}

function find(
  call: Call,
  search: Search,
  connection: string | null,
  sort: string | null,
  { start, limit }: Page,
): { users: UserProfile[]; total: number } {
  const { store } = call;
  const delayMs = call.settings.searchDelayMs;
  const visibleUntil = call.now() - delayMs;
  const everyoneFits = search.only === true && connection === null && delayMs === 0;
  const users: UserProfile[] = [];
  let total = 0;
  // Sorting requires all results.
  const isSorted = sort !== null && sort !== '';
  const from = isSorted ? 0 : start;
  const size = isSorted ? Infinity : limit;
  for (const user of candidatesFor(store, search)) {
    const profile = delayMs === 0 ? user.profile : visibleProfile(user, visibleUntil);
    if (!profile) continue;
    if (
      !everyoneFits &&
      !(
        (connection === null || user.connection === connection) &&
        matches(call, search, profile, visibleUntil)
      )
    )
      continue;
    if (total >= from && users.length < size) users.push(profile);
    total += 1;
    // The rest can be counted without iterating.
    if (everyoneFits && users.length === size) return { users, total: countOf(store, search) };
  }
  if (!isSorted) return { users, total };
  return { users: users.sort(order(sort)).slice(start, start + limit), total };
}

function matches({ store }: Call, search: Search, profile: UserProfile, visibleUntil: number): boolean {
  if (!search.namesOrganizations) return search.matches(profile);
  const members = [...store.members.by('user', profile.user_id)];
  const ids = members.filter((one) => wasMember(one, visibleUntil)).map((one) => one.organization_id);
  return search.matches({ ...profile, [ORGANIZATION_FIELD]: ids });
}

/** The profile in a search that lags behind: without recent changes; undefined for a new user. */
function visibleProfile({ profile, previous }: StoredUser, visibleUntil: number): UserProfile | undefined {
  return Date.parse(profile.updated_at) <= visibleUntil ? profile : previous;
}

function candidatesFor(store: Store, { index, userId, organizationId }: Search): Iterable<StoredUser> {
  if (userId !== undefined) {
    const user = store.users.get(userId);
    return user ? [user] : [];
  }
  if (organizationId !== undefined)
    return [...store.members.by('organization', organizationId)].flatMap(
      ({ user_id }) => store.users.get(user_id) ?? [],
    );
  return index ? store.users.by(index.name, index.value) : store.users.values();
}

function countOf(store: Store, { index }: Search): number {
  return index ? store.users.count(index.name, index.value) : store.users.size;
}

function readSearch(q: string | null): Search {
  if (q === null || q.trim() === '') return { matches: () => true, only: true };
  if (q.length > QUERY_LENGTH_MAX) throw new ApiError(414, 'The query is too long.');
  const known = parsed.get(q);
  if (known) return known;
  const search = understand(q);
  if (parsed.size >= PARSED_MAX) parsed.clear();
  parsed.set(q, search);
  return search;
}

function understand(q: string): Search {
  try {
    const query = parseQuery(q);
    const matches = compileQuery(query, DEFAULT_FIELDS);
    const namesOrganizations = fieldsOf(query).includes(ORGANIZATION_FIELD);
    for (const { field, value } of requiredTerms(query)) {
      if (field === 'user_id') return { matches, namesOrganizations, userId: value };
      if (field === ORGANIZATION_FIELD) return { matches, namesOrganizations, organizationId: value };
      if (field === 'email')
        return { matches, namesOrganizations, index: { name: 'email', value: value.toLowerCase() } };
      if (field === 'app_metadata.tenant_id')
        return {
          matches,
          namesOrganizations,
          index: { name: 'tenant', value },
          only: query.kind === 'term',
        };
    }
    return { matches, namesOrganizations, only: query.kind === 'everything' };
  } catch (error) {
    if (error instanceof QuerySyntaxError)
      // Public reports: this message and code for an invalid query.
      throw new ApiError(400, `Failed to parse query: ${error.message}`, 'invalid_query_string');
    throw error;
  }
}

/** `sort=field:1` or `field:-1`; not by metadata (Auth0 docs, "Sort search results"). */
function order(sort: string): (a: UserProfile, b: UserProfile) => number {
  const [, field, direction] = /^([a-z_]+):(1|-1)$/.exec(sort) ?? [];
  if (field === undefined || field === 'app_metadata' || field === 'user_metadata')
    throw invalidQuery(
      `String does not match pattern ^((?!app_metadata|user_metadata)[a-z_]+):(1|-1)$: ${sort}`,
      'sort',
    );
  const sign = Number(direction);
  const key = field as keyof UserProfile;
  return (a, b) => {
    const [left, right] = [a[key], b[key]];
    if (left === right) return 0;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * (text(left) < text(right) ? -1 : 1);
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
