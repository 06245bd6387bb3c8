import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';

/** Whoever comes may call these, without a credential. */
const OPEN = [
  'chooseTenant',
  'getAuthorizationServerMetadata',
  'getConsole',
  'getConsoleFile',
  'getContract',
  'getDocs',
  'getDocsAsset',
  'getHealth',
  'getJwks',
  'getMetrics',
  'getProblem',
  'getProtectedResourceMetadata',
  'getReadiness',
  'getRoot',
  'registerApp',
  'startAuthorization',
];

/** Callers of a tenant need no scope for these: they are about the caller itself, or ask for those of another operation. */
const WITHOUT_SCOPES = ['getJob', 'getMe', 'listConsents', 'listMyOperations', 'withdrawConsent'];

describe('operations that ask for little', () => {
  const operations = [...loadContract().operations.values()];

  it('without a credential are known by name', () => {
    const open = operations.filter(({ security, isOpen }) => isOpen || security.size === 0);
    expect(
      open.map(({ id }) => id).sort(),
      'an operation that anybody may call stands in this list, on purpose; any other names its schemes in `security`',
    ).to.deep.equal(OPEN);
  });

  it('without scopes are known by name', () => {
    const scopeless = operations.filter(({ security }) =>
      (['user', 'apiKey', 'app'] as const).some((scheme) => security.get(scheme)?.length === 0),
    );
    expect(
      scopeless.map(({ id }) => id).sort(),
      'an operation that needs no scope of its callers stands in this list, on purpose; any other names them in `security`',
    ).to.deep.equal(WITHOUT_SCOPES);
  });
});
