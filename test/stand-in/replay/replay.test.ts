import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { operatorToken, startStandIn } from '../account.ts';
import { asText, cannotBe, figures, table, unexplained } from './figures.ts';
import { readCases, RECORDINGS } from './recordings.ts';
import { replayCase, type Replayed } from './replay.ts';
import { LACKING, REVIEWED, REVIEWED_FILES } from './reviewed-differences.ts';

const REPLAY_MS = 600_000;
const SHARE_MIN = 0.95;

describe('stand-in: recordings of real Auth0 accounts', () => {
  const all: Replayed[] = [];
  const ofReviewedFiles: Replayed[] = [];
  const files = RECORDINGS.map((file) => ({ file, cases: readCases(file) }));

  for (const { file, cases } of files) {
    if (!cases) {
      it(`are not replayed: there is no ${file.split('/').slice(-3).join('/')} beside the project`);
      continue;
    }

    describe(basename(file), () => {
      let standIn: StandIn;
      const replayed: Replayed[] = [];

      before(async function () {
        this.timeout(REPLAY_MS);
        standIn = await startStandIn();
        const token = await operatorToken(standIn);
        for (const interactions of cases.values())
          replayed.push(...(await replayCase(standIn, token, interactions)));
        all.push(...replayed);
        if (isReviewedFile(file)) ofReviewedFiles.push(...replayed);
      });
      after(() => standIn.close());

      it('are answered alike, but for what has been reviewed', () => {
        for (const line of figures(replayed)) console.error(`      ${line}`);
        const unknown = replayed.flatMap((one) =>
          unexplained(one).map((what) => `${one.case}: ${one.method} ${one.path}: ${what}`),
        );
        if (isReviewedFile(file)) expect(unknown).to.deep.equal([]);
        else for (const one of unknown) console.error(`      not reviewed: ${one}`);
      });
    });
  }

  // A suite of its own, for mocha runs tests before suites.
  describe('all of them', () => {
    it('are answered alike in 95 of 100 at each endpoint, but for those that cannot be', function () {
      const rows = table(all);
      if (rows.length === 0) this.skip();
      for (const line of asText(rows)) console.error(`      ${line}`);
      for (const { cause, count } of cannotBe(all)) console.error(`      ${count} cannot be equal: ${cause}`);
      const low = rows.filter(({ equal, answers, reviewed }) => equal < SHARE_MIN * (answers - reviewed));
      if (files.every(({ file, cases }) => cases && isReviewedFile(file)))
        expect(low.map(({ endpoint }) => endpoint)).to.deep.equal([]);
    });

    it('differ in every way that has been reviewed', function () {
      // Another file may have none of them.
      if (files.some(({ file, cases }) => !cases || !isReviewedFile(file))) this.skip();
      const gone = [...LACKING, ...REVIEWED].filter(
        (known) =>
          !ofReviewedFiles.some(
            ({ path, differences }) =>
              known.path.test(path) && differences.some((what) => known.what.test(what)),
          ),
      );
      expect(gone.map(({ reason }) => reason)).to.deep.equal([]);
    });
  });
});

function isReviewedFile(file: string): boolean {
  return REVIEWED_FILES.has(createHash('sha256').update(readFileSync(file)).digest('hex'));
}
