/**
 * Closes what names from outside could reach if some code, ours or a library's, used one as the name of a property: the prototype that all
 * objects share, and the function that makes them. Node is started with `--disable-proto=delete` besides (package.json), which holds for
 * libraries while they load, and for threads.
 */

/**
 * To be called when every import is loaded: some libraries complete their prototypes as they load. Whoever assigns to a member that an
 * object inherits (`error.toString = …`, or Node itself to `headers.constructor`) still gets one of its own: frozen as they are, the
 * members of the prototype would make that throw. So each becomes an accessor first.
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
  // Frozen by that. `Object.freeze` would have V8 give up what it takes for granted of arrays: a fifth of an upload's work.
  Object.preventExtensions(prototype);
  Object.freeze(Object);
}

function inheritable(name: string | symbol, inherited: unknown) {
  return {
    get: () => inherited,
    set(this: unknown, value: unknown): void {
      if (this === Object.prototype) throw new TypeError('Object.prototype is closed');
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  };
}
