import type { ComponentChildren } from 'preact';

/** Nothing is there: what it would be, and what to do. */
interface EmptyProps {
  title: string;
  /** Nothing else is on the page: its title is that of the page. */
  isPage?: true;
  children?: ComponentChildren;
}

export const Empty = ({ title, isPage, children }: EmptyProps) => (
  <div class="card">
    {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
    {children}
  </div>
);
