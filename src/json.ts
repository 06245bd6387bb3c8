/** Parses JSON that this installation wrote itself; typed as it was written. JSON from others is validated instead. */
export const parseJson = <T>(text: string): T => JSON.parse(text) as T;
