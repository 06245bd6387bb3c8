import type { ComponentChildren } from 'preact';
import type { Resource } from '../resource.ts';
import { texts } from '../texts.ts';
import { ProblemNotice } from './problem.tsx';

interface LoadedProps<T> {
  of: Resource<T>;
  children: (value: T) => ComponentChildren;
}

/** What was read; before that a word that it is awaited, and the failure where there is one, above what was read before. */
export function Loaded<T>({ of, children }: LoadedProps<T>) {
  return (
    <>
      {of.failure && <ProblemNotice failure={of.failure} retry={() => void of.reload()} />}
      {of.value === undefined && !of.failure && (
        <p role="status" class="muted">
          {texts.loading}
        </p>
      )}
      {of.value !== undefined && children(of.value)}
    </>
  );
}
