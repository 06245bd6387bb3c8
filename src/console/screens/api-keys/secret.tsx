import { Copy } from '../../components/copy.tsx';
import { Dialog } from '../../components/dialog.tsx';
import type { NewApiKey } from './key.ts';
import { texts } from './texts.ts';

/** The one time that the secret is shown. */
export function Secret({ created, onClose }: { created: NewApiKey; onClose: () => void }) {
  const { client_id, client_secret } = created;
  const command = `curl -u '${client_id}:${client_secret}' ${location.origin}/v1/me`;
  const { secret } = texts;
  return (
    <Dialog title={secret.title} onClose={onClose}>
      <p>{secret.lead}</p>
      <Shown title={secret.id} text={client_id} />
      <Shown title={secret.secret} text={client_secret} />
      <Shown title={secret.test} text={command} />
      <p>
        <button type="button" class="primary" onClick={onClose}>
          {secret.done}
        </button>
      </p>
    </Dialog>
  );
}

const Shown = ({ title, text }: { title: string; text: string }) => (
  <div class="field">
    <div class="row">
      <strong>{title}</strong>
      <Copy text={text} what={title} />
    </div>
    <pre>{text}</pre>
  </div>
);
