/** Index keys of a record. */
export type IndexKeys<T> = (record: T) => string | string[] | undefined;

/**
 * Records by key, in insertion order, with indexes. A record is never changed in place: `put` a new one.
 */
export class Table<T, IndexName extends string = never> {
  readonly name: string;
  readonly #keyOf: (record: T) => string;
  readonly #records = new Map<string, T>();
  readonly #indexes: { keysOf: IndexKeys<T>; entries: Map<string, Set<string>> }[] = [];
  readonly #indexByName = new Map<string, Map<string, Set<string>>>();
  readonly #watchers: ((after: T | undefined, before: T | undefined) => void)[] = [];
  readonly #changed: (table: string, key: string, record: T | undefined) => void;

  constructor(
    name: string,
    keyOf: (record: T) => string,
    indexes: Record<IndexName, IndexKeys<T>>,
    changed: (table: string, key: string, record: T | undefined) => void,
  ) {
    this.name = name;
    this.#keyOf = keyOf;
    this.#changed = changed;
    for (const [index, keysOf] of Object.entries<IndexKeys<T>>(indexes)) {
      const entries = new Map<string, Set<string>>();
      this.#indexes.push({ keysOf, entries });
      this.#indexByName.set(index, entries);
    }
  }

  get size(): number {
    return this.#records.size;
  }

  has(key: string): boolean {
    return this.#records.has(key);
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  put(record: T): T {
    const key = this.#keyOf(record);
    const before = this.#records.get(key);
    this.load(key, record);
    this.#changed(this.name, key, record);
    for (const tell of this.#watchers) tell(record, before);
    return record;
  }

  delete(key: string): T | undefined {
    const record = this.#records.get(key);
    if (record === undefined) return undefined;
    this.load(key, undefined);
    this.#changed(this.name, key, undefined);
    for (const tell of this.#watchers) tell(undefined, record);
    return record;
  }

  /** Called after every change, but for those of the journal. */
  watch(watcher: (after: T | undefined, before: T | undefined) => void): void {
    this.#watchers.push(watcher);
  }

  /** Applies a change from the journal, without writing it again. */
  load(key: string, record: T | undefined): void {
    const before = this.#records.get(key);
    for (const { keysOf, entries } of this.#indexes) {
      const oldKeys = before === undefined ? [] : list(keysOf(before));
      const newKeys = record === undefined ? [] : list(keysOf(record));
      for (const old of oldKeys) {
        if (newKeys.includes(old)) continue;
        const members = entries.get(old);
        members?.delete(key);
        if (members?.size === 0) entries.delete(old);
      }
      for (const fresh of newKeys) {
        const members = entries.get(fresh);
        if (members) members.add(key);
        else entries.set(fresh, new Set([key]));
      }
    }
    if (record === undefined) this.#records.delete(key);
    else this.#records.set(key, record);
  }

  keys(): IterableIterator<string> {
    return this.#records.keys();
  }

  values(): IterableIterator<T> {
    return this.#records.values();
  }

  entries(): IterableIterator<[string, T]> {
    return this.#records.entries();
  }

  count(index: IndexName, value: string): number {
    return this.#indexByName.get(index)?.get(value)?.size ?? 0;
  }

  *by(index: IndexName, value: string): IterableIterator<T> {
    for (const key of this.#indexByName.get(index)?.get(value) ?? []) {
      const record = this.#records.get(key);
      if (record !== undefined) yield record;
    }
  }

  first(index: IndexName, value: string): T | undefined {
    for (const record of this.by(index, value)) return record;
    return undefined;
  }
}

function list(keys: string | string[] | undefined): string[] {
  return keys === undefined ? [] : Array.isArray(keys) ? keys : [keys];
}
