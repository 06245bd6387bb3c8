import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { useAction } from './action.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNotice } from './problem.tsx';

interface ConfirmProps {
  title: string;
  /** The consequence. */
  children: ComponentChildren;
  /** Has to be typed, for what cannot be undone. */
  name?: string;
  action: string;
  perform: () => Promise<unknown>;
  onClose: () => void;
}

export function Confirm({ title, children, name, action, perform, onClose }: ConfirmProps) {
  const [typed, setTyped] = useState('');
  const { isRunning, failure, run } = useAction(async () => {
    await perform();
    onClose();
  });
  const isConfirmed = name === undefined || typed.trim() === name;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed) run();
        }}
      >
        {children}
        {name !== undefined && (
          <p class="field">
            <label>
              {texts.confirmName(name)}
              <input value={typed} onInput={({ currentTarget }) => setTyped(currentTarget.value)} />
            </label>
          </p>
        )}
        {failure !== undefined && <ProblemNotice failure={failure} />}
        <p class="row">
          <button
            type="submit"
            class={name === undefined ? 'primary' : 'danger'}
            disabled={!isConfirmed || isRunning}
          >
            {isRunning ? texts.loading : action}
          </button>
          <button type="button" onClick={onClose}>
            {texts.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
