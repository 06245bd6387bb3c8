/** Parses an answer's JSON, typed as in the contract without validation; required values are checked where they are read. */
export const jsonOf = async <T>(response: Response): Promise<T> => (await response.json()) as T;
