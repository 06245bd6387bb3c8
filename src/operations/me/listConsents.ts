import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';
import type { RelayedAnswer } from '../relayed.ts';
import { presentConsent } from './present-consent.ts';

export const listConsents: Operation<'listConsents'> = (call) => {
  const { principal } = call;
  if (principal.kind !== 'user')
    throw new Problem('caller_not_allowed', { internal: `it is not for ${principal.kind}` });
  return relayed(call, {}, toAnswer);
};

export const toAnswer: RelayedAnswer<'listConsents'> = (consents) => ({
  status: 200,
  body: { consents: consents.map(presentConsent) },
});
