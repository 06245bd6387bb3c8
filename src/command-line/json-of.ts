/** An answer's JSON, taken for what the contract says it is; whatever must be there is looked at where it is read. */
export const jsonOf = async <T>(response: Response): Promise<T> => (await response.json()) as T;
