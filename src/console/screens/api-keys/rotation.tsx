import { useState } from 'preact/hooks';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Time } from '../../components/time.tsx';
import type { ApiKey } from './key.ts';
import { texts } from './texts.ts';

interface RotationProps {
  old: ApiKey;
  successor: ApiKey | undefined;
  changed: () => Promise<void>;
}

/** Both keys of a rotation, and whether the old one is still needed. */
export function Rotation({ old, successor, changed }: RotationProps) {
  const [asking, setAsking] = useState<'complete' | 'cancel'>();
  const { rotation } = texts;
  const end = async (how: 'complete' | 'cancel') => {
    await call('POST', `/v1/tenant/api-keys/${encodeURIComponent(old.client_id)}/rotate/${how}`);
    await changed();
  };
  return (
    <section class="card" aria-label={`${rotation.state}: ${old.name}`}>
      <h2>
        {rotation.state}: {old.name}
      </h2>
      <dl>
        <dt>{rotation.old}</dt>
        <dd>
          <Time at={old.last_used_at} />
        </dd>
        <dt>{rotation.new}</dt>
        <dd>
          <Time at={successor?.last_used_at} />
        </dd>
        <dt>{rotation.retires}</dt>
        <dd>
          <Time at={old.retires_at} />
        </dd>
      </dl>
      <p>{isSafe(old, successor) ? rotation.safe : rotation.unsafe}</p>
      <p class="row">
        <button type="button" onClick={() => setAsking('complete')}>
          {rotation.finish}
        </button>
        <button type="button" onClick={() => setAsking('cancel')}>
          {rotation.cancel}
        </button>
      </p>
      {asking && (
        <Confirm
          title={asking === 'complete' ? rotation.finish : rotation.cancel}
          action={asking === 'complete' ? rotation.finish : rotation.cancel}
          perform={() => end(asking)}
          onClose={() => setAsking(undefined)}
        >
          <p>{asking === 'complete' ? rotation.finishLead : rotation.cancelLead}</p>
        </Confirm>
      )}
    </section>
  );
}

/** The successor is in use, and the old key was not used after it. */
function isSafe(old: ApiKey, successor: ApiKey | undefined): boolean {
  if (successor?.last_used_at === undefined) return false;
  return old.last_used_at === undefined || Date.parse(old.last_used_at) < Date.parse(successor.last_used_at);
}
