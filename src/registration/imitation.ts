/**
 * Detects names and logos that imitate others: registration is not refused, but flagged for the operator. Look-alike characters come from
 * Unicode's confusables table (UTS 39), through `unhomoglyph`.
 */
import unhomoglyph from 'unhomoglyph';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { AppFlag } from '../registry/clients.ts';

/** The operator's identity, which apps must not imitate. */
export interface OwnIdentity {
  names: readonly string[];
  /** Hosts of the API and other hosts of the operator. */
  hosts: readonly string[];
}

/** Scripts whose letters look alike. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];
/** In emoji these characters have a visible effect. */
const PICTURES = /\p{Extended_Pictographic}(?:\ufe0f|\u200d|[\u{1f3fb}-\u{1f3ff}])*/gu;
/** Invisible: two names that differ only in these look the same. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

export function findImitation(metadata: ClientRegistration, own: OwnIdentity): AppFlag[] {
  const localized = Object.entries(metadata.localized ?? {});
  const valuesOf = (member: string) =>
    localized.flatMap(([name, value]) => (name.startsWith(`${member}#`) ? [value] : []));
  const names = [metadata.client_name, ...valuesOf('client_name')];
  const logos = [...(metadata.logo_uri === undefined ? [] : [metadata.logo_uri]), ...valuesOf('logo_uri')];
  const flags: AppFlag[] = [];
  if (names.some((name) => own.names.some((mine) => contains(name, mine)))) flags.push('operator_name');
  if (names.some(mixesScripts)) flags.push('mixed_scripts');
  if (names.some(looksLikeLatin)) flags.push('confusable_name');
  if (logos.some((logo) => own.hosts.includes(new URL(logo).hostname))) flags.push('operator_logo');
  return flags;
}

/** Visual skeletons of a name, without accents, blanks and marks: letters look alike as written, and in lower case. */
function skeletons(name: string): string[] {
  const plain = name.normalize('NFKD').replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '');
  return [unhomoglyph(plain).toLowerCase(), unhomoglyph(plain.toLowerCase())]
    .map((text) => text.replaceAll(/[^\p{L}\p{N}]/gu, ''))
    .filter((text) => text !== '');
}

const contains = (name: string, own: string): boolean =>
  skeletons(name).some((looks) => skeletons(own).some((mine) => looks.includes(mine)));

/** Checked per word: a Greek company with an English word in its name mixes nothing. */
function mixesScripts(name: string): boolean {
  return name
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => SCRIPTS.filter((script) => script.test(word)).length > 1);
}

/** A word entirely in another script that reads as Latin, or an invisible character. */
function looksLikeLatin(name: string): boolean {
  if (INVISIBLE.test(name.replaceAll(PICTURES, ''))) return true;
  return name
    .split(/[^\p{L}\p{M}]+/u)
    .some(
      (word) => word.length > 2 && !/\p{Script=Latin}/u.test(word) && /^[a-z]+$/i.test(unhomoglyph(word)),
    );
}
