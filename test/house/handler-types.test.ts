/** A handler whose answer has the wrong shape does not compile: each line below is an error that the compiler must find. */
import { expect } from 'chai';
import type { Operation } from '../../src/operations/operation.ts';

// @ts-expect-error -- a member that the contract asks for is missing
export const incomplete: Operation<'getTenant'> = () => ({ status: 200, body: { id: 'acme', name: 'Acme' } });

// @ts-expect-error -- a status that the contract does not describe
export const otherStatus: Operation<'getHealth'> = () => ({ status: 204 });

// @ts-expect-error -- a value of the wrong type
export const wrongType: Operation<'getHealth'> = () => ({ status: 200, body: { status: 1 } });

export const right: Operation<'getHealth'> = () => ({ status: 200, body: { status: 'ok' } });

describe('handler types', () => {
  it('are checked by `npm run types`, which fails when a wrong answer compiles', () => {
    expect(right).to.be.a('function');
  });
});
