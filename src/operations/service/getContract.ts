import type { Operation } from '../operation.ts';

/** Readers know the API by the name that the deployment gives it. */
export const getContract: Operation<'getContract', 'brand' | 'contract'> = ({ services }) => {
  const { document } = services.contract;
  return { status: 200, body: { ...document, info: { ...document.info, title: services.brand.name } } };
};
