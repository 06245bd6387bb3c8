/** Entity tags and conditional requests (RFC 9110 sections 8.8.3, 13.1.1 and 13.1.2). */
import { createHash } from 'node:crypto';
import { Problem } from '../problem.ts';

/** 96 bits: no accidental collisions. */
const LENGTH = 16;

/** A strong tag: changes with any change of the body. */
export function entityTag(body: object): string {
  return `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, LENGTH)}"`;
}

/** @throws Problem `precondition_required`, `precondition_failed` */
export function checkMatch(ifMatch: string | undefined, body: object): void {
  if (ifMatch === undefined) throw new Problem('precondition_required');
  if (ifMatch.trim() === ANY) return;
  const given = tagsIn(ifMatch);
  if (given.includes(entityTag(body))) return;
  const isWeak = given.some((tag) => tag.startsWith('W/'));
  throw new Problem('precondition_failed', isWeak ? { detail: WEAK } : {});
}

/** Weak comparison, as specified for reads. @param field value of `If-None-Match` */
export function matchesWeakly(field: string, tag: string): boolean {
  const opaque = (one: string) => one.replace(/^W\//, '');
  return field.trim() === ANY || tagsIn(field).map(opaque).includes(opaque(tag));
}

const ANY = '*';
const WEAK =
  'If-Match never matches a weak tag (RFC 9110 section 8.8.3.2): send the ETag without W/, which a proxy that compresses may have added.';

/** A tag may contain commas. */
const tagsIn = (field: string): string[] => field.match(/(?:W\/)?"[^"]*"/g) ?? [];
