import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import type { ApiKey } from './key.ts';
import { texts } from './texts.ts';

interface DeleteKeyProps {
  of: ApiKey;
  changed: () => Promise<void>;
  onClose: () => void;
}

export const DeleteKey = ({ of: { client_id, name, uses }, changed, onClose }: DeleteKeyProps) => (
  <Confirm
    title={texts.deletion.title(name)}
    name={name}
    action={texts.delete}
    onClose={onClose}
    perform={async () => {
      await call('DELETE', `/v1/tenant/api-keys/${encodeURIComponent(client_id)}`);
      await changed();
    }}
  >
    <p>{texts.deletion.lead(uses)}</p>
  </Confirm>
);
