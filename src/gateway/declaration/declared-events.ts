/** Types of events that services record themselves, as the file of `SERVICES` declares them. Pure. */
import { dirname, resolve } from 'node:path';
import { operationsOf, type ContractDocument } from '../../contract/document.ts';
import { otherEventTypes } from '../../events/event.ts';
import type { Opened } from './opened-operations.ts';
import { ServicesFault } from './services-fault.ts';
import type { ServicesFile } from './services-file.ts';

/** What a service may record, and where its secrets are. */
export interface DeclaredEvents {
  service: string;
  /** Type → what it means, in words. */
  types: ReadonlyMap<string, string>;
  /** Absolute path. */
  secretFile: string;
  /** @returns a sentence that begins with the place where the file is named */
  fault: (text: string) => string;
}

/** @throws ServicesFault */
export function declaredEvents(
  own: ContractDocument,
  { file, services }: ServicesFile,
  found: readonly { name: string; opened: readonly Opened[] }[],
): DeclaredEvents[] {
  const reserved = thingsOf(own);
  /** Type → the service that has it. */
  const taken = new Map(
    found.flatMap(({ name, opened }) =>
      opened.flatMap(({ entry }) => (entry.event === undefined ? [] : [[entry.event, name] as const])),
    ),
  );
  const faults = found.flatMap(({ opened }) =>
    opened.flatMap(({ entry: { event = '' }, fault }) =>
      reserved.has(thingOf(event)) ? [fault(notYours(event), 'event')] : [],
    ),
  );
  const declared = Object.entries(services).flatMap(([service, { events = {}, secretFile }]) => {
    const at = (member: string, text: string) => file.fault(['services', service, member], text);
    const types = new Map(Object.entries(events));
    if (types.size > 0 && secretFile === undefined)
      faults.push(
        at(
          'events',
          `${service} has events, but no \`secretFile\`; name a file with the secret that it sends`,
        ),
      );
    if (types.size === 0 && secretFile !== undefined)
      faults.push(at('secretFile', `${service} has a secret, but no \`events\` to record with it`));
    for (const type of types.keys()) {
      const wrong = wrongWith(type, service, reserved, taken);
      if (wrong !== undefined) faults.push(file.fault(['services', service, 'events', type], wrong));
      else taken.set(type, service);
    }
    if (types.size === 0 || secretFile === undefined) return [];
    const path = resolve(dirname(file.name), secretFile);
    return [{ service, types, secretFile: path, fault: (text: string) => at('secretFile', text) }];
  });
  if (faults.length > 0) throw new ServicesFault(faults);
  return declared;
}

/** Receivers rely on it that an event of ours is ours, also of a type that a later version adds. */
function wrongWith(
  type: string,
  service: string,
  reserved: ReadonlySet<string>,
  taken: ReadonlyMap<string, string>,
): string | undefined {
  if (reserved.has(thingOf(type))) return notYours(type);
  const other = taken.get(type);
  if (other === undefined || other === service) return undefined;
  return `${type} is an event of ${other}, too; choose another name`;
}

const notYours = (type: string): string =>
  `${type}: events of \`${thingOf(type)}\` are Trivium's own; choose another name`;

const thingOf = (type: string): string => type.split('.')[0] ?? '';

const thingsOf = (own: ContractDocument): Set<string> =>
  new Set(
    [...Array.from(operationsOf(own), ([, , source]) => source['x-event'] ?? ''), ...otherEventTypes].map(
      thingOf,
    ),
  );
