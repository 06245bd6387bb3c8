/** An operation that doesn't say what it leaves behind, with a bound, is refused at start. */
import { expect } from 'chai';
import { ContractFault, loadContract } from '../../src/contract/load-contract.ts';
import { readStored } from '../../src/contract/stored.ts';
import { settings } from '../../src/config.ts';

const bounds = {
  audit_events: 'One for each call.',
  relay_jobs: 'For 7 days.',
  idempotency_keys: 'For 24 hours.',
  things: 'THINGS_PER_TENANT.',
};
const contract = (extra: object, more: object = {}) => ({
  'x-stored': bounds,
  'x-stored-always': ['audit_events', 'relay_jobs', 'idempotency_keys', 'things'],
  paths: { '/x': { post: { operationId: 'createX', 'x-event': 'x.created', ...extra } } },
  ...more,
});
const read = (extra: object, more?: object) => () => readStored(contract(extra, more));

describe('what operations leave behind', () => {
  it('must be said, of each operation', () => {
    for (const said of [undefined, [], {}, 'nothing', 1])
      expect(read({ 'x-stores': said })).to.throw(
        ContractFault,
        'createX: no x-stores; list what it leaves behind',
      );
    const { byOperation } = readStored(contract({ 'x-stores': ['audit_events', 'things'] }));
    expect([...byOperation]).to.deep.equal([['createX', ['audit_events', 'things']]]);
    expect(
      readStored(contract({ 'x-event': 'none', 'x-stores': 'none' })).byOperation.get('createX'),
    ).to.deep.equal([]);
  });

  it('is refused without a bound, and with one that bounds nothing', () => {
    expect(read({ 'x-stores': ['audit_events', 'thinks'] })).to.throw(
      ContractFault,
      'names thinks, which x-stored does not bound; known: ',
    );
    const stores = { 'x-stores': ['audit_events'] };
    for (const bound of ['', 'Not many.', 'As many as there are users.'])
      expect(read(stores, { 'x-stored': { ...bounds, things: bound } })).to.throw(
        ContractFault,
        'the bound of things',
      );
    expect(read(stores, { 'x-stored-always': ['relay_jobs'] })).to.throw(
      ContractFault,
      'bounds idempotency_keys, things, which no operation stores',
    );
    expect(read(stores, { 'x-stored-always': Object.keys({ ...bounds, others: 1 }) })).to.throw(
      ContractFault,
      'others',
    );
  });

  it('cannot be denied by an operation that is told of, relayed or takes a key', () => {
    expect(read({ 'x-stores': 'none' })).to.throw(ContractFault, 'createX: x-stores lacks audit_events');
    expect(read({ 'x-stores': ['audit_events'], 'x-relay': 'createX' })).to.throw('lacks relay_jobs');
    for (const parameter of [
      { name: 'Idempotency-Key' },
      { $ref: '#/components/parameters/ImportIdempotencyKey' },
    ])
      expect(read({ 'x-stores': ['audit_events'], parameters: [parameter] })).to.throw(
        'lacks idempotency_keys',
      );
  });

  it('names settings that there are', () => {
    const known = Object.values(settings).flatMap((table) => Object.keys(table));
    for (const [name, bound] of loadContract().stored.bounds)
      for (const setting of bound.match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? [])
        expect(known, `${name} is bounded by ${setting}`).to.include(setting);
  });
});
