/** The caller's `Prefer` header (RFC 7240). Unknown preferences are ignored, as specified. */
export interface Preferences {
  respondAsync: boolean;
  /** Seconds. */
  wait: number | undefined;
}

/** For operations with only one way of answering. */
export const NO_PREFERENCE: Readonly<Preferences> = { respondAsync: false, wait: undefined };

export function readPreferences(field: string): Preferences {
  const preferences: Preferences = { ...NO_PREFERENCE };
  if (field === '') return preferences;
  for (const part of field.split(',')) {
    const [preference = ''] = part.split(';', 1);
    const [name = '', value] = preference.trim().split('=', 2);
    if (name.toLowerCase() === 'respond-async') preferences.respondAsync = true;
    if (name.toLowerCase() === 'wait' && /^\d{1,6}$/.test(value ?? '')) preferences.wait ??= Number(value);
  }
  return preferences;
}

/** Value of `Preference-Applied`, or undefined when no preference was applied. */
export function preferenceApplied({ respondAsync, wait }: Preferences): string | undefined {
  const applied = [respondAsync && 'respond-async', wait !== undefined && `wait=${wait}`].filter(Boolean);
  return applied.join(', ') || undefined;
}
