/** Finds the operation of a path and method, also before the router has run, or for a request that never reaches it. */
import type Router from '@koa/router';
import type { Contract, OperationDescription } from '../contract/load-contract.ts';

export type FindOperation = (path: string, method: string) => OperationDescription | undefined;

export function createFinder({ operations }: Contract, router: Router): FindOperation {
  const known = new Map<string | undefined, OperationDescription>(operations);
  return (path, method) => {
    return known.get(router.match(path, method).pathAndMethod.at(-1)?.name);
  };
}
