import { isObject } from './compare.ts';

/** Whose values the authority makes up. */
const IDS = new Set([
  'id',
  'custom_domain_id',
  '_id',
  'client_id',
  'user_id',
  'log_id',
  'next',
  'connection_id',
  'ticket_id',
]);
const MADE_UP = /^\w+\|[0-9a-f]{24}$/;

/** By which a record is known on both sides; of a grant, whose it is and for what. */
function nameOf(record: unknown): string | undefined {
  if (!isObject(record)) return undefined;
  const { audience, client_id: client } = record;
  if (typeof audience === 'string') return typeof client === 'string' ? `${client} ${audience}` : audience;
  const names = ['identifier', 'email', 'name', 'domain'].map((member) => record[member]);
  return names.find((one): one is string => typeof one === 'string');
}

function idOf(record: unknown): unknown {
  return isObject(record) ? (record['id'] ?? record['custom_domain_id'] ?? record['log_id']) : undefined;
}

/** From the ids of a recording to those that were given out here. */
export class IdMap {
  readonly #known = new Map<string, string>();

  learn(theirs: unknown, ours: unknown, name = ''): void {
    if (Array.isArray(theirs) && Array.isArray(ours))
      theirs.forEach((one, index) => this.learn(one, this.#partner(one, ours, index), name));
    else if (isObject(theirs) && isObject(ours))
      for (const [member, value] of Object.entries(theirs)) this.learn(value, ours[member], member);
    else if (typeof theirs === 'string' && typeof ours === 'string' && theirs !== ours)
      if (IDS.has(name) || MADE_UP.test(theirs)) this.set(theirs, ours);
  }

  /** Which of ours it is: the one of a known id, or of the same name, in whatever place; where it has neither, the one in its place. */
  #partner(theirs: unknown, ours: readonly unknown[], index: number): unknown {
    const known = idOf(theirs);
    if (isObject(theirs) && 'log_id' in theirs) return ours.find((one) => idOf(one) === known);
    if (typeof known === 'string' && this.has(known))
      return ours.find((one) => idOf(one) === this.translate(known));
    const name = nameOf(theirs);
    if (name === undefined) return ours[index];
    return ours.find((one) => nameOf(one) === this.translate(name));
  }

  set(theirs: string, ours: string): void {
    if (theirs.length < 4) return;
    this.#known.set(theirs, ours);
    const [local, oursLocal] = [theirs.split('|')[1], ours.split('|')[1]];
    if (local !== undefined && oursLocal !== undefined) this.#known.set(local, oursLocal);
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** Longer ids first: one may be a part of another. */
  translate(text: string): string {
    let translated = text;
    for (const [theirs, ours] of [...this.#known].sort(([a], [b]) => b.length - a.length))
      translated = translated
        .replaceAll(theirs, ours)
        .replaceAll(encodeURIComponent(theirs), encodeURIComponent(ours));
    return translated;
  }
}
