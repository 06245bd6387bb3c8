import { settings } from '../page-settings.ts';

interface ScopeChoiceProps {
  legend: string;
  /** Those that can be chosen. */
  offered: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Scopes with what they allow in words. */
export const ScopeChoice = ({ legend, offered, chosen, onChange }: ScopeChoiceProps) => (
  <fieldset>
    <legend>{legend}</legend>
    <div class="choices">
      {offered.map((scope) => (
        <label key={scope}>
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
            }
          />{' '}
          {settings.scopes[scope] ?? scope} <code class="muted">{scope}</code>
        </label>
      ))}
    </div>
  </fieldset>
);
