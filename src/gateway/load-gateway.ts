/** The contract of this deployment: ours, with the services that `SERVICES` declares. */
import { LinearPatterns } from '../contract/patterns/linear-patterns.ts';
import { createValidators } from '../contract/validators.ts';
import { loadContract, readContractDocument, type Contract } from '../contract/load-contract.ts';
import { mergeServices, type Merged } from './declaration/merge-services.ts';
import { patternFaults } from './declaration/pattern-faults.ts';
import { ServicesFault } from './declaration/services-fault.ts';
import { readServicesFile } from './declaration/services-file.ts';
import { readServiceSecrets, type ServiceSecrets } from './service-secrets.ts';
import type { ServiceOperation } from './service.ts';

export interface Gateway {
  contract: Contract;
  /** Operations of services, by their id in the contract. */
  operations: ReadonlyMap<string, ServiceOperation>;
  /** Scope of the services → where it is declared: `services.yaml:7`. */
  scopePlaces: ReadonlyMap<string, string>;
  /** Service → types of the events that it may record. */
  events: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What services record them with; none where they were not read. */
  secrets: ServiceSecrets;
  /** Paths of the files that it was read from. */
  files: readonly string[];
}

interface Wanted {
  /** Whether the secrets of services are read, too: for the API. */
  secrets?: boolean;
}

/**
 * @param servicesFile undefined: no services
 * @throws ServicesFault
 */
export function loadGateway(servicesFile: string | undefined, wanted: Wanted = {}): Gateway {
  const own = readContractDocument();
  if (servicesFile === undefined)
    return {
      contract: loadContract(own),
      operations: new Map(),
      scopePlaces: new Map(),
      events: new Map(),
      secrets: new Map(),
      files: [],
    };
  const merged = asServicesFault(servicesFile, () => mergeServices(own, readServicesFile(servicesFile)));
  const { document, operations, scopePlaces, events, files } = merged;
  const contract = asServicesFault(servicesFile, () => loadContract(document));
  asServicesFault(servicesFile, () => refuseInvalidSchemas(contract, merged));
  const withSecrets = wanted.secrets ? events : [];
  return {
    contract,
    operations,
    scopePlaces,
    events: new Map(events.map(({ service, types }) => [service, types])),
    secrets: readServiceSecrets(withSecrets),
    files: [...files, ...withSecrets.map(({ secretFile }) => secretFile)],
  };
}

/** Schemas are compiled when an operation is matched for the first time; one that cannot be is found now. */
function refuseInvalidSchemas(contract: Contract, { operations, documents }: Merged): void {
  const unusable = new Map<string, string>();
  const patterns = new LinearPatterns((source, fault) => unusable.set(source, fault));
  const validators = createValidators(contract, patterns);
  const faults = [...contract.operations.values()].flatMap((operation) => {
    const declared = operations.get(operation.id);
    if (!declared) return [];
    try {
      validators.forOperation(operation);
      return [];
    } catch (error) {
      return [
        `${declared.service.name}: ${declared.operationId}: ${error instanceof Error ? error.message : 'has an invalid schema'}`,
      ];
    }
  });
  faults.push(...patternFaults(documents.values(), unusable));
  if (faults.length > 0) throw new ServicesFault(faults);
}

/** Documents of others can be wrong in more ways than are looked for. */
function asServicesFault<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServicesFault || !(error instanceof Error)) throw error;
    const text = error instanceof RangeError ? 'a document has references in a circle' : error.message;
    throw new ServicesFault([`${file}: ${text}`], { cause: error });
  }
}

/** Reports all faults, and exits with 1. */
export function gatewayOrExit(servicesFile: string | undefined, wanted: Wanted = {}): Gateway {
  try {
    return loadGateway(servicesFile, wanted);
  } catch (fault) {
    if (!(fault instanceof ServicesFault)) throw fault;
    console.error(`SERVICES is wrong:\n${fault.message}`);
    process.exit(1);
  }
}
