/** Entity tags and what a change was made from (RFC 9110 sections 8.8.3 and 13.1.1). */
import { createHash } from 'node:crypto';
import { Problem } from '../problem.ts';

/** 96 bits: nobody comes upon the same one by chance. */
const LENGTH = 16;

/** A strong one: changes whenever anything of the body changes. */
export function entityTag(body: object): string {
  return `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, LENGTH)}"`;
}

/** @throws Problem `precondition_required`, `precondition_failed` */
export function checkMatch(ifMatch: string | undefined, body: object): void {
  if (ifMatch === undefined) throw new Problem('precondition_required');
  if (ifMatch.trim() === '*') return;
  // A weak tag never matches here, as the standard has it.
  const given = ifMatch.split(',').map((tag) => tag.trim());
  if (!given.includes(entityTag(body))) throw new Problem('precondition_failed');
}
