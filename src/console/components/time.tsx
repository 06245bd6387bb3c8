import { texts } from '../texts.ts';

const shown = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** An instant in the viewer's zone; the exact one on hover. */
export function Time({ at }: { at: string | undefined }) {
  if (at === undefined) return <span class="muted">{texts.never}</span>;
  return (
    <time dateTime={at} title={at}>
      {shown.format(new Date(at))}
    </time>
  );
}
