import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { FormDialog } from './form-dialog.tsx';

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
  return (
    <FormDialog
      title={title}
      action={action}
      isReady={name === undefined || typed.trim() === name}
      isDangerous={name !== undefined}
      perform={async () => {
        await perform();
        onClose();
      }}
      onClose={onClose}
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
    </FormDialog>
  );
}
