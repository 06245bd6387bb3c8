/**
 * Protects against prototype pollution: seals what untrusted property names could reach if our code or a library used
 * one, the shared object prototype and its constructor. Node also runs with `--disable-proto=delete` (package.json),
 * which covers libraries while they load, and threads.
 */

/**
 * Call it after all imports are loaded: some libraries extend their prototypes while loading. Assigning to an inherited
 * member (`error.toString = …`, or Node itself to `headers.constructor`) must still create an own property, and would
 * throw if the prototype's members were frozen as data properties. So each becomes an accessor first.
 */
export function closePrototypes(): void {
  const prototype: object = Object.prototype;
  Reflect.deleteProperty(prototype, '__proto__');
  for (const name of Reflect.ownKeys(prototype)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(prototype, name);
    if (descriptor?.writable !== true) continue;
    const value: unknown = descriptor.value;
    Object.defineProperty(prototype, name, {
      ...inheritable(name, value),
      enumerable: false,
      configurable: false,
    });
  }
  // Frozen by that. `Object.freeze` would disable V8's array optimizations: a fifth of an upload's work.
  Object.preventExtensions(prototype);
  Object.freeze(Object);
}

function inheritable(name: string | symbol, inherited: unknown) {
  return {
    get: () => inherited,
    set(this: unknown, value: unknown): void {
      if (this === Object.prototype) throw new TypeError('Object.prototype is sealed');
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  };
}
