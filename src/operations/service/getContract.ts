import type { Operation } from '../operation.ts';

export const getContract: Operation<'getContract', 'contract'> = ({ services }) => ({
  status: 200,
  body: services.contract.document,
});
