import { useState } from 'preact/hooks';

export interface Action {
  isRunning: boolean;
  failure: unknown;
  run: () => void;
}

/** Something that is asked of the API at a press, once at a time; its failure is kept until the next try. */
export function useAction(perform: () => Promise<unknown>): Action {
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const run = () => {
    if (isRunning) return;
    setRunning(true);
    setFailure(undefined);
    perform()
      .catch(setFailure)
      .finally(() => setRunning(false));
  };
  return { isRunning, failure, run };
}
