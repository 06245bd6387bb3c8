import type { Answer } from '../endpoint.ts';
import { readPage } from '../query-values.ts';

/** Recorded: a list of Actions, versions or bindings leaves out what is zero: the number of its first page, the total of an empty one. */
export function actionList<T>(
  name: string,
  all: readonly T[],
  query: URLSearchParams,
  present: (one: T) => object,
): Answer {
  const { start, limit } = readPage(query);
  const slice = all.slice(start, start + limit).map(present);
  const page = limit === 0 ? 0 : start / limit;
  return {
    status: 200,
    body: {
      [name]: slice,
      ...(slice.length > 0 && { total: all.length }),
      ...(page > 0 && { page }),
      per_page: limit,
    },
  };
}
