import { expect } from 'chai';
import { findImitation } from '../../src/registration/imitation.ts';

const own = { names: ['Example Corp', 'Trivium'], hosts: ['api.example.com'] };
const base = {
  redirect_uris: ['https://reports.example/callback'],
  token_endpoint_auth_method: 'none' as const,
  application_type: 'web' as const,
  scope: '',
};
const flagsOf = (client_name: string, more: object = {}) =>
  findImitation({ ...base, client_name, ...more }, own);

describe('names and logos that imitate', () => {
  for (const name of [
    'Example Corp',
    'EXAMPLE CORP',
    'The official example-corp app',
    'Exarnple Corp',
    'Ехample Corp',
    'Éxample Còrp',
    'Ｅｘａｍｐｌｅ Ｃｏｒｐ',
    'Exam\u200bple Corp',
    'E x a m p l e c o r p',
    'Тrivium',
    'Tr1vium'.replace('1', 'і'),
  ]) {
    it(`sees the operator’s own name in ${JSON.stringify(name)}`, () => {
      expect(flagsOf(name)).to.include('operator_name');
    });
  }

  for (const [name, flag] of [
    ['Pаypal', 'mixed_scripts'],
    ['Gοοgle', 'mixed_scripts'],
    ['ооо reports', 'confusable_name'],
    ['Re\u00adports', 'confusable_name'],
  ] as const) {
    it(`flags ${JSON.stringify(name)} as ${flag}`, () => {
      expect(flagsOf(name)).to.include(flag);
    });
  }

  for (const name of [
    'Example Reports',
    'Berichte für Zürich',
    'レポート',
    'Отчёты Reports',
    'Αναφορές',
    'تقارير',
    'Reports 👩‍💻 ❤️',
    'Corp Example',
    '42',
  ]) {
    it(`finds nothing wrong with ${JSON.stringify(name)}`, () => {
      expect(flagsOf(name)).to.deep.equal([]);
    });
  }

  it('looks at names and logos in every language', () => {
    expect(flagsOf('Reports', { localized: { 'client_name#de': 'Trivium' } })).to.deep.equal([
      'operator_name',
    ]);
    const logo_uri = 'https://api.example.com/logo.png';
    expect(flagsOf('Reports', { logo_uri })).to.deep.equal(['operator_logo']);
    expect(flagsOf('Reports', { localized: { 'logo_uri#de': logo_uri } })).to.deep.equal(['operator_logo']);
    expect(flagsOf('Reports', { logo_uri: 'https://reports.example/logo.png' })).to.deep.equal([]);
  });
});
