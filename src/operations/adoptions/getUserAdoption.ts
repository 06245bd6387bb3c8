import type { Operation } from '../operation.ts';
import { ownAdoption } from './own-adoption.ts';
import { presentAdoption } from './present-adoption.ts';

export const getUserAdoption: Operation<'getUserAdoption', 'adoptions'> = async ({ path, services }) => ({
  status: 200,
  body: presentAdoption(await ownAdoption(path, services)),
});
