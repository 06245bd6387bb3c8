import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { operatorToken, startStandIn } from '../account.ts';
import { readCases, RECORDINGS } from './recordings.ts';
import { replayCase } from './replay.ts';
import type { Difference } from './replay.ts';
import { isReviewed, REVIEWED, REVIEWED_FILE } from './reviewed-differences.ts';

const cases = readCases(RECORDINGS);
const REPLAY_MS = 120_000;

describe('stand-in: recordings of real Auth0 accounts', () => {
  if (!cases) {
    it(`are not replayed: there is no ${RECORDINGS.split('/').slice(-3).join('/')} beside the project`);
    return;
  }

  let standIn: StandIn;
  const differences: Difference[] = [];

  before(async function () {
    this.timeout(REPLAY_MS);
    standIn = await startStandIn();
    const token = await operatorToken(standIn);
    for (const interactions of cases.values())
      differences.push(...(await replayCase(standIn, token, interactions)));
  });
  after(() => standIn.close());

  it('are answered alike, but for what has been reviewed', () => {
    const all = [...cases.values()].flat().length;
    const unequal = new Set(differences.map((one) => one.case));
    console.error(
      `      answers equal: ${all - differences.length} of ${all}; cases equal: ${cases.size - unequal.size} of ${cases.size}`,
    );
    const unknown = differences
      .filter((one) => !isReviewed(one))
      .map(({ case: name, method, path, what }) => `${name}: ${method} ${path}: ${what}`);
    if (isReviewedFile()) expect(unknown).to.deep.equal([]);
    else for (const one of unknown) console.error(`      not reviewed: ${one}`);
  });

  it('differ in every way that has been reviewed', function () {
    // Another file may have none of them.
    if (!isReviewedFile()) this.skip();
    const gone = REVIEWED.filter(
      (reviewed) =>
        !differences.some(({ path, what }) => reviewed.path.test(path) && reviewed.what.test(what)),
    );
    expect(gone.map(({ reason }) => reason)).to.deep.equal([]);
  });
});

function isReviewedFile(): boolean {
  return createHash('sha256').update(readFileSync(RECORDINGS)).digest('hex') === REVIEWED_FILE;
}
