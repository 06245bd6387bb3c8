import type { Bound, Query } from './parse-query.ts';

/** Compared case-insensitively; all other fields are case-sensitive (Auth0 docs, "User search query syntax"). */
const CASE_INSENSITIVE = new Set(['email', 'name', 'given_name', 'family_name', 'nickname']);

/** Fields that are searched for a term without a field. */
export type DefaultFields = readonly string[];

export type Matcher = (record: object) => boolean;

export function compileQuery(query: Query, defaultFields: DefaultFields): Matcher {
  switch (query.kind) {
    case 'everything':
      return () => true;
    case 'and': {
      const parts = query.parts.map((part) => compileQuery(part, defaultFields));
      return (record) => parts.every((matches) => matches(record));
    }
    case 'or': {
      const parts = query.parts.map((part) => compileQuery(part, defaultFields));
      return (record) => parts.some((matches) => matches(record));
    }
    case 'not': {
      const part = compileQuery(query.part, defaultFields);
      return (record) => !part(record);
    }
    case 'exists': {
      const path = query.field.split('.');
      return (record) => valuesAt(record, path).some((value) => value !== null && value !== '');
    }
    case 'range': {
      const path = query.field.split('.');
      return (record) => valuesAt(record, path).some((value) => isWithin(value, query.low, query.high));
    }
    case 'term':
      return inFields(query.field, defaultFields, (field) => termTest(field, query.value));
    case 'wildcard':
      return inFields(query.field, defaultFields, (field) => {
        const pattern = CASE_INSENSITIVE.has(field) ? new RegExp(query.pattern.source, 'is') : query.pattern;
        return (value) => typeof value === 'string' && pattern.test(value);
      });
  }
}

function inFields(
  field: string | undefined,
  defaultFields: DefaultFields,
  testFor: (field: string) => (value: unknown) => boolean,
): Matcher {
  const tests = (field === undefined ? defaultFields : [field]).map((one) => ({
    path: one.split('.'),
    test: testFor(one),
  }));
  return (record) => tests.some(({ path, test }) => valuesAt(record, path).some(test));
}

function termTest(field: string, wanted: string): (value: unknown) => boolean {
  if (CASE_INSENSITIVE.has(field)) {
    const lower = wanted.toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === lower;
  }
  return (value) => {
    if (typeof value === 'string') return value === wanted;
    if (typeof value === 'number') return wanted.trim() !== '' && value === Number(wanted);
    return typeof value === 'boolean' && String(value) === wanted;
  };
}

/** All values at a path; arrays along it stand for each of their elements. */
function valuesAt(record: unknown, path: readonly string[], from = 0): unknown[] {
  if (record === undefined) return [];
  if (Array.isArray(record)) return record.flatMap((element) => valuesAt(element, path, from));
  if (from === path.length) return [record];
  if (typeof record !== 'object' || record === null) return [];
  const key = path[from] as string;
  return Object.hasOwn(record, key) ? valuesAt((record as Record<string, unknown>)[key], path, from + 1) : [];
}

function isWithin(value: unknown, low: Bound, high: Bound): boolean {
  return (
    holds(value, low, (order) => (low.inclusive ? order >= 0 : order > 0)) &&
    holds(value, high, (order) => (high.inclusive ? order <= 0 : order < 0))
  );
}

function holds(value: unknown, bound: Bound, accept: (order: number) => boolean): boolean {
  if (value === null || typeof value === 'object') return false;
  if (bound.value === undefined) return true;
  if (typeof value === 'number') return bound.value.trim() !== '' && accept(value - Number(bound.value));
  if (typeof value !== 'string' && typeof value !== 'boolean') return false;
  const text = String(value);
  // `[2018-01 TO 2018-02-01]` against full timestamps: both ends are points in time.
  const [left, right] =
    DATE.test(text) && DATE.test(bound.value) ? [Date.parse(text), Date.parse(bound.value)] : [];
  if (left !== undefined && right !== undefined && !Number.isNaN(left) && !Number.isNaN(right))
    return accept(left - right);
  return accept(text < bound.value ? -1 : text > bound.value ? 1 : 0);
}

const DATE = /^\d{4}-\d{2}(-\d{2})?(T.*)?$/;

/** All fields in a query. */
export function fieldsOf(query: Query): string[] {
  if ('parts' in query) return query.parts.flatMap(fieldsOf);
  if ('part' in query) return fieldsOf(query.part);
  return 'field' in query && query.field !== undefined ? [query.field] : [];
}

/** Field and value of terms that every match must have, for index lookups. */
export function requiredTerms(query: Query): { field: string; value: string }[] {
  if (query.kind === 'term' && query.field !== undefined) return [{ field: query.field, value: query.value }];
  return query.kind === 'and' ? query.parts.flatMap(requiredTerms) : [];
}
