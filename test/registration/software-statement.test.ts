/** What a statement by a trusted issuer says is client metadata like any other. */
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createValidators } from '../../src/contract/validators.ts';
import { Problem } from '../../src/problem.ts';
import { Registrar } from '../../src/registration/registrar.ts';
import { createSoftwareStatements } from '../../src/registration/software-statement.ts';

const ISSUER = 'https://directory.example';
const contract = loadContract();

describe('metadata of a software statement', () => {
  let registrar: Pick<Registrar, 'check'>;
  let sign: (claims: object) => Promise<string>;
  before(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const issuers = [{ issuer: ISSUER, jwks: { keys: [{ ...(await exportJWK(publicKey)) }] } }];
    sign = (claims) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256' }).setIssuer(ISSUER).sign(privateKey);
    // What only registers is not needed to check.
    const unused = {} as never;
    registrar = new Registrar({
      registrations: unused,
      keyedHash: unused,
      statements: createSoftwareStatements(issuers, [], 5),
      checkShape: createValidators(contract).forSchema('ClientMetadata'),
      apiScopes: { existing: (scopes) => [...scopes] },
      settings: {
        appScopes: contract.appScopes,
        redirectUriExceptions: [],
        policy: [[]],
        newApps: 'pending',
        cap: 1,
        openPlaces: 1,
        own: { names: [], hosts: [] },
      },
    });
  });

  const check = async (claims: object, beside: object = {}) =>
    registrar.check({
      redirect_uris: ['https://app.example/done'],
      ...beside,
      software_statement: await sign(claims),
    });

  it('wins over what stands beside it, but for what is null or empty', async () => {
    const claims = { client_name: 'Vouched', logo_uri: '', client_uri: null, grant_types: [], contacts: [] };
    const beside = { client_name: 'Other', client_uri: 'https://app.example/', scope: 'read:users' };
    const { metadata, asserted } = await check(claims, beside);
    expect(metadata).to.include({
      client_name: 'Vouched',
      client_uri: 'https://app.example/',
      scope: 'read:users',
    });
    expect(metadata).to.not.have.any.keys('logo_uri', 'contacts');
    expect(asserted).to.deep.equal(['client_name']);
  });

  const wrong: object[] = [
    { scope: 5 },
    { grant_types: 'authorization_code' },
    { response_types: 1 },
    { contacts: 'me' },
    { redirect_uris: [1] },
    { client_name: {}, jwks: [1] },
    { jwks: { keys: 'x' } },
    { software_id: ['x'] },
    { application_type: 1 },
    { token_endpoint_auth_method: ['none'] },
  ];
  for (const claims of wrong) {
    it(`is refused when it is ${JSON.stringify(claims)}`, async () => {
      const outcome = await check(claims).catch((error: unknown) => error);
      expect(outcome).to.be.instanceOf(Problem).and.include({ code: 'invalid_software_statement' });
      expect((outcome as Problem).message).to.include(`/${Object.keys(claims).at(-1)}`);
    });
  }
});
