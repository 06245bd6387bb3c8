/** An account whose Actions are made for another API: replacing their code would end that one. */
import { plainText } from '../../plain-text.ts';
import { SetupFailure } from '../failure.ts';
import type { Finding } from '../plan.ts';

/** In its place, templates of code get the audience. */
export const SAMPLE_AUDIENCE = 'https://api.example.com';

/** @returns the API that the code is made for; undefined: it is too different from the template to tell */
export function audienceIn(code: string, template: string): string | undefined {
  const line = template.split('\n').find((one) => one.includes(SAMPLE_AUDIENCE)) ?? '';
  const [before = '', after = ''] = line.trim().split(SAMPLE_AUDIENCE);
  const at = code.indexOf(before);
  const start = at + before.length;
  const end = code.indexOf(after, start);
  return at < 0 || end < 0 ? undefined : code.slice(start, end);
}

const ABOUT = 'other_api';

export const servesOther = (item: string, audience: string): Finding => ({
  item,
  about: ABOUT,
  level: 'drift',
  what: `it is made for the API ${audience}`,
  why: 'an account has one API of Trivium: with new code, tokens for that one would lose tenant, user and roles',
  remedy:
    'For that API, name its --folder; for one beside it, use another Auth0 account; if it is given up, run setup with --replace-actions.',
});

export const isOtherApis = ({ about }: Finding): boolean => about === ABOUT;

/** Nothing is done then: what else would be is part of what that API needs, too. */
export const otherApiRefusal = ({ item, what, why, remedy }: Finding): SetupFailure =>
  new SetupFailure('usage', [`${item}: ${what}.`, `  ${why}.`, `  ${remedy}`].map(plainText));
