import type { ComponentChildren } from 'preact';
import { texts } from '../texts.ts';
import { useAction } from './action.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNotice } from './problem.tsx';

interface FormDialogProps {
  title: string;
  /** Text of the button that submits it. */
  action: string;
  /** Whether it can be submitted. */
  isReady?: boolean;
  isDangerous?: boolean;
  perform: () => Promise<unknown>;
  onClose: () => void;
  children: ComponentChildren;
}

/** A form in a dialog: submitted once at a time, with the failure of the last try above its buttons. */
export function FormDialog({
  title,
  action,
  isReady = true,
  isDangerous = false,
  perform,
  onClose,
  children,
}: FormDialogProps) {
  const { isRunning, failure, run } = useAction(perform);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) run();
        }}
      >
        {children}
        {failure !== undefined && <ProblemNotice failure={failure} />}
        <p class="row">
          <button type="submit" class={isDangerous ? 'danger' : 'primary'} disabled={!isReady || isRunning}>
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
