import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { presentConsent } from './present-consent.ts';

export const listConsents: Operation<'listConsents', Relaying> = (call) => relayed(call, {}, toAnswer);

export const toAnswer: RelayedAnswer<'listConsents'> = (consents) => ({
  status: 200,
  body: { consents: consents.map(presentConsent) },
});
