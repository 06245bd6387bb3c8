import type { Problem } from '../problem.ts';

/**
 * The reason of a refusal, beyond its code, for logs. The detail counts only when it concerns credential or permissions: elsewhere it may
 * quote the body.
 */
export function reasonOf({
  status,
  parts: { internal, detail, scopes, errors },
}: Problem): string | undefined {
  if (internal !== undefined || (status !== 401 && status !== 403)) return internal;
  const wrong = errors?.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  return detail ?? (scopes?.length ? `it needs ${scopes.join(' ')}` : wrong);
}
