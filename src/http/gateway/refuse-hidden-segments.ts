/**
 * A path parameter that hides further segments: what our router takes for one value, a service may decode, normalize and
 * take for another path (`%2F`, `%5C`, `..`).
 */
import { Problem } from '../../problem.ts';
import type { Step } from '../state.ts';

const SEPARATOR = /[/\\\0]/;

export const refuseHiddenSegments: Step = ({ state: { path } }) => {
  for (const value of Object.values(path))
    if (value === '.' || value === '..' || value === '' || SEPARATOR.test(value))
      throw new Problem('not_found');
};
