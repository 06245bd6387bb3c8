/** Which operation a path and a method are: also for those who ask before it is matched, or of a request that never comes so far. */
import type Router from '@koa/router';
import type { Contract, OperationDescription, OperationId } from '../contract/load-contract.ts';

export type FindOperation = (path: string, method: string) => OperationDescription | undefined;

export function createFinder({ operations }: Contract, router: Router): FindOperation {
  return (path, method) => {
    const name = router.match(path, method).pathAndMethod.at(-1)?.name;
    return name === undefined ? undefined : operations.get(name as OperationId);
  };
}
