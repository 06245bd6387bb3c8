import { useState } from 'preact/hooks';
import { call } from '../../api.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import type { ApiKey, NewApiKey } from './key.ts';
import { texts } from './texts.ts';

interface RotateKeyProps {
  of: ApiKey;
  created: (key: NewApiKey) => void;
  onClose: () => void;
}

export function RotateKey({ of: { client_id, name }, created, onClose }: RotateKeyProps) {
  const { rotation } = texts;
  const [overlap, setOverlap] = useState(rotation.overlaps[0]!.seconds);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const perform = async () => {
    const path = `/v1/tenant/api-keys/${encodeURIComponent(client_id)}/rotate`;
    const headers = { 'Idempotency-Key': idempotencyKey };
    created(await call<NewApiKey>('POST', path, { body: { overlap_seconds: overlap }, headers }));
  };
  return (
    <FormDialog title={rotation.title(name)} action={rotation.begin} perform={perform} onClose={onClose}>
      <p>{rotation.lead}</p>
      <p class="field">
        <label>
          {rotation.overlap}
          <select value={overlap} onChange={({ currentTarget }) => setOverlap(Number(currentTarget.value))}>
            {rotation.overlaps.map(({ seconds, text }) => (
              <option key={seconds} value={seconds}>
                {text}
              </option>
            ))}
          </select>
        </label>
      </p>
    </FormDialog>
  );
}
