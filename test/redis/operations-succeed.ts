import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { startReceiver } from '../support/webhook-receiver.ts';
import { moveInto } from '../support/world.ts';
import { callEveryOperation } from './every-operation.ts';

/** Every operation of the contract succeeds in a deployment of its own, with this Redis. */
export async function operationsSucceedWith(redisUrl: string): Promise<void> {
  let own: (OwnDeployment & { apis: [string, string] }) | undefined;
  let moveBack: (() => void) | undefined;
  const receiver = await startReceiver();
  try {
    own = await ownWorld({}, redisUrl);
    moveBack = moveInto(own);
    const succeeded = await callEveryOperation(receiver);
    const { operations } = loadContract();
    expect([...operations.keys()].filter((id) => !succeeded.has(id))).to.deep.equal([]);
  } finally {
    moveBack?.();
    await receiver.close();
    await own?.end();
  }
}
