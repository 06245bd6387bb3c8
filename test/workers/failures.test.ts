import { expect } from 'chai';
import { ManagementFailure, type ManagementFailureKind } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';
import {
  deadLetterReason,
  isRetried,
  isWaitedFor,
  onFailure,
  passes,
  rowMarkOf,
  toProblem,
  toRetriable,
  waitsForOperator,
} from '../../workers/failures.ts';

interface Meaning {
  code: string;
  /** When an earlier try sent its call. */
  codeAfterSent: string;
  dead?: string;
  /** Whether a job is tried again that declares `once`, and one that declares anything else. */
  again: [once: boolean, other: boolean];
  /** By itself, and by the operator. */
  passes: [byItself: boolean, byOperator: boolean];
  row?: string;
}

const table: Record<ManagementFailureKind, Meaning> = {
  rate_limited: {
    code: 'upstream_rate_limited',
    codeAfterSent: 'outcome_unknown',
    again: [false, false],
    passes: [true, false],
  },
  import_jobs_busy: {
    code: 'upstream_rate_limited',
    codeAfterSent: 'upstream_rate_limited',
    again: [false, false],
    passes: [true, false],
  },
  not_found: {
    code: 'not_found',
    codeAfterSent: 'not_found',
    again: [false, false],
    passes: [false, false],
  },
  exists: {
    code: 'upstream_refused',
    codeAfterSent: 'upstream_refused',
    dead: 'authority_refused_us',
    again: [false, false],
    passes: [false, false],
  },
  weak_password: {
    code: 'weak_password',
    codeAfterSent: 'weak_password',
    again: [false, false],
    passes: [false, false],
    row: 'w',
  },
  invalid: {
    code: 'invalid_field',
    codeAfterSent: 'invalid_field',
    again: [false, false],
    passes: [false, false],
    row: 'i',
  },
  limit_reached: {
    code: 'application_limit_reached',
    codeAfterSent: 'application_limit_reached',
    again: [false, false],
    passes: [false, true],
  },
  not_in_plan: {
    code: 'not_in_plan',
    codeAfterSent: 'outcome_unknown',
    dead: 'not_in_plan',
    again: [false, false],
    passes: [false, true],
  },
  refused: {
    code: 'upstream_refused',
    codeAfterSent: 'outcome_unknown',
    dead: 'authority_refused_us',
    again: [false, false],
    passes: [false, true],
  },
  unavailable: {
    code: 'upstream_unavailable',
    codeAfterSent: 'outcome_unknown',
    again: [true, true],
    passes: [true, false],
  },
  unknown_outcome: {
    code: 'outcome_unknown',
    codeAfterSent: 'outcome_unknown',
    again: [false, true],
    passes: [true, false],
  },
};

const REFUSAL = { status: 403, errorCode: 'insufficient_scope' };

describe('a failed call to the Management API', () => {
  for (const [kind, meant] of Object.entries(table) as [ManagementFailureKind, Meaning][])
    it(`means one thing to everybody when it is ${kind}`, () => {
      const failure = new ManagementFailure(kind, REFUSAL, 1_500);
      const problem = { code: meant.code, retryAfterSeconds: 2, refusal: REFUSAL };
      expect(toProblem(failure)).to.deep.equal(problem);
      expect(toProblem(failure, { sent: true })).to.deep.equal({ ...problem, code: meant.codeAfterSent });
      expect(deadLetterReason(toProblem(failure))).to.equal(meant.dead);
      expect([isRetried(failure, 'once'), isRetried(failure, 'checkable')]).to.deep.equal(meant.again);
      expect(isRetried(failure, 'idempotent')).to.equal(meant.again[1]);
      expect([passes(failure), waitsForOperator(failure)]).to.deep.equal(meant.passes);
      expect(isWaitedFor(failure)).to.equal(meant.passes.includes(true));
      expect(rowMarkOf(failure)).to.equal(meant.row);
      const again = toRetriable(failure);
      if (meant.passes[0])
        expect(again).to.include({ kind: 'unavailable', refusal: REFUSAL, retryAfterMs: 1_500 });
      else expect(again).to.equal(failure);
    });

  it('ends a row by what its problem says of the user', () => {
    expect(rowMarkOf(new Problem('user_exists'))).to.equal('s');
    expect(rowMarkOf(new Problem('email_unavailable'))).to.equal('e');
    expect(rowMarkOf(new Problem('outcome_unknown'))).to.equal(undefined);
  });

  for (const [what, error, problem] of [
    ['a problem', new Problem('not_found', { detail: 'so' }), { code: 'not_found', detail: 'so' }],
    [
      'a problem because of a failure',
      new Problem('unknown_connection', { cause: new ManagementFailure('invalid', REFUSAL) }),
      { code: 'unknown_connection', refusal: REFUSAL },
    ],
    ['a fault of ours', new TypeError('x is not a function'), { code: 'internal_error' }],
    ['what is no error at all', 'away', { code: 'internal_error' }],
  ] as const)
    it(`is told from ${what}`, () => {
      expect(JSON.parse(JSON.stringify(toProblem(error, { sent: true })))).to.deep.equal(problem);
      expect([isRetried(error, 'idempotent'), isWaitedFor(error), rowMarkOf(error)]).to.deep.equal([
        false,
        false,
        undefined,
      ]);
      expect(toRetriable(error)).to.equal(error);
    });

  it('means something else to one call only where its kind is named', async () => {
    const failWith = (error: Error) => Promise.reject(error);
    const nothing = onFailure(['not_found', 'invalid'], ({ kind }) => kind);
    expect(await failWith(new ManagementFailure('invalid')).catch(nothing)).to.equal('invalid');
    for (const error of [new ManagementFailure('exists'), new Problem('not_found'), new Error('not_found')])
      expect(
        await failWith(error)
          .catch(nothing)
          .catch((thrown: unknown) => thrown),
      ).to.equal(error);
  });
});
