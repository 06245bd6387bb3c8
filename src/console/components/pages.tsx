/** Lists that the API gives in pages. */
import { call } from '../api.ts';
import { useResource, type Resource } from '../resource.ts';
import { useAction, type Action } from './action.tsx';
import { ProblemNotice } from './problem.tsx';

interface Page {
  next_cursor?: string | undefined;
}

export interface Pages<P extends Page> extends Resource<P> {
  /** Reads the next page. */
  more: Action;
}

/**
 * @param path of the first page; the next ones are read by their cursor
 * @param join what is shown before, and the next page, as one page
 */
export function usePages<P extends Page>(path: string, join: (known: P, next: P) => P): Pages<P> {
  const list = useResource<P>(path);
  const more = useAction(async () => {
    const known = list.value!;
    const next = new URL(path, location.origin);
    next.searchParams.set('cursor', known.next_cursor ?? '');
    list.set(join(known, await call<P>('GET', next.pathname + next.search)));
  });
  return { ...list, more };
}

/** The button for the next page, while there is one. */
export const More = <P extends Page>({ of: { value, more }, text }: { of: Pages<P>; text: string }) => (
  <>
    {more.failure !== undefined && <ProblemNotice failure={more.failure} />}
    {value?.next_cursor !== undefined && (
      <p>
        <button type="button" disabled={more.isRunning} onClick={more.run}>
          {text}
        </button>
      </p>
    )}
  </>
);
