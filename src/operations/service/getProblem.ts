import { problems } from '../../contract/generated-problems.ts';
import { isProblemCode, Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const getProblem: Operation<'getProblem'> = ({ path: { code } }) => {
  if (!isProblemCode(code)) throw new Problem('not_found');
  return { status: 200, body: { code, ...problems[code] } };
};
