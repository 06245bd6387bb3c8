/** Parses JSON that this installation wrote itself; typed as it was written. JSON from others is validated instead. */
export const parseJson = <T>(text: string): T => JSON.parse(text) as T;

/** Whether the value has members, by name or index; for parsed JSON and caught errors. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
