/** `test/` has the rooms of `src` and `workers`: the tests of a folder are where its name says. */
import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const foldersOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const rooms = [...foldersOf('src'), ...foldersOf('workers').map((name) => join('workers', name))];

describe('the rooms of the house', () => {
  for (const room of rooms)
    it(`${room} has its tests in test/${room}`, () => {
      const folder = join('test', room);
      const isTest = (name: string) => name.endsWith('.test.ts');
      const tests = existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isTest)
        : [];
      expect(tests, `write the first one to ${folder}/`).not.to.be.empty;
    });
});
