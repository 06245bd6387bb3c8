import { useState } from 'preact/hooks';
import { texts } from './texts.ts';

/** Parameters of the operation that the page has fields for. */
export const FILTERS = ['type', 'user_id', 'target', 'outcome'] as const;
type Filters = Record<(typeof FILTERS)[number], string>;

interface AuditFilterProps {
  asked: URLSearchParams;
  apply: (filters: Record<string, string>) => void;
}

export function AuditFilter({ asked, apply }: AuditFilterProps) {
  const [filters, setFilters] = useState(
    () => Object.fromEntries(FILTERS.map((name) => [name, asked.get(name) ?? ''])) as Filters,
  );
  const set = (name: keyof Filters, value: string) => setFilters((before) => ({ ...before, [name]: value }));
  const field = (name: keyof Filters, label: string, hint?: string) => (
    <label>
      {label} {hint !== undefined && <small class="muted">{hint}</small>}
      <input value={filters[name]} onInput={({ currentTarget }) => set(name, currentTarget.value.trim())} />
    </label>
  );
  return (
    <form
      class="card"
      aria-label={texts.filters}
      onSubmit={(event) => {
        event.preventDefault();
        apply(Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')));
      }}
    >
      <div class="choices">
        {field('type', texts.type, texts.typeHint)}
        {field('user_id', texts.userId)}
        {field('target', texts.target)}
        <label>
          {texts.outcome}
          <select
            value={filters.outcome}
            onChange={({ currentTarget }) => set('outcome', currentTarget.value)}
          >
            <option value="">{texts.any}</option>
            {Object.entries(texts.outcomes).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p>
        <button type="submit" class="primary">
          {texts.apply}
        </button>
      </p>
    </form>
  );
}
