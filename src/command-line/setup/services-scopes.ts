/** Scopes of services behind the gateway, from the file of `SERVICES`; `npm run check-services` checks the rest of it. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SetupFailure } from './failure.ts';

export interface ScopeText {
  value: string;
  description: string;
}

/** @throws SetupFailure */
export function servicesScopes(path: string, own: readonly ScopeText[]): ScopeText[] {
  const scopes = Object.entries(scopesIn(path)).map(([value, description]) => {
    if (!/^[!#-[\]-~]{1,280}$/.test(value) || typeof description !== 'string')
      throw new SetupFailure('usage', [`${path}: ${value} must be a scope with its description.`]);
    return { value, description };
  });
  return scopes.filter(({ value }) => !own.some((known) => known.value === value));
}

function scopesIn(path: string): object {
  try {
    const document: unknown = parse(readFileSync(path, 'utf8'));
    const scopes =
      typeof document === 'object' && document !== null && 'scopes' in document && document.scopes;
    return typeof scopes === 'object' && scopes !== null ? scopes : {};
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new SetupFailure('usage', [`${path} cannot be read: ${reason}`], error);
  }
}
