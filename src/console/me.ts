import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { operations } from '../contract/generated.ts';
import type { Schema } from './api.ts';

export interface Me extends Schema<'MyOperations'> {
  name: string;
}

export const MeContext = createContext<Me | undefined>(undefined);

export const useMe = (): Me => useContext(MeContext)!;

/** Whether the API says that I may call an operation. */
export const mayCall = (me: Pick<Me, 'operations'>, operation: keyof operations): boolean =>
  me.operations.includes(operation);
