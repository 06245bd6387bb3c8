import { useState } from 'preact/hooks';
import { call } from '../../api.ts';
import { useAction } from '../../components/action.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { texts as common } from '../../texts.ts';
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
  const { isRunning, failure, run } = useAction(async () => {
    const path = `/v1/tenant/api-keys/${encodeURIComponent(client_id)}/rotate`;
    const headers = { 'Idempotency-Key': idempotencyKey };
    created(await call<NewApiKey>('POST', path, { body: { overlap_seconds: overlap }, headers }));
  });
  return (
    <Dialog title={rotation.title(name)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
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
        {failure !== undefined && <ProblemNotice failure={failure} />}
        <p class="row">
          <button type="submit" class="primary" disabled={isRunning}>
            {isRunning ? common.loading : rotation.begin}
          </button>
          <button type="button" onClick={onClose}>
            {common.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
