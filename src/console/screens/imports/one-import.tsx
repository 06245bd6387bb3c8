import { useState } from 'preact/hooks';
import { call, type Schema } from '../../api.ts';
import { useAction } from '../../components/action.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { Time } from '../../components/time.tsx';
import { useLive } from '../../event-stream.ts';
import { mayCall, useMe } from '../../me.ts';
import { useResource } from '../../resource.ts';
import { linkTo } from '../../router.ts';
import { ImportRows } from './import-rows.tsx';
import { texts } from './texts.ts';

type UserImport = Schema<'UserImport'>;

/** An import as it goes, and its rows. */
export function OneImport({ id, query }: { id: string; query: URLSearchParams }) {
  const path = `/v1/user-imports/${encodeURIComponent(id)}`;
  const read = useResource<UserImport>(path);
  return (
    <>
      <h1>{texts.title}</h1>
      <p>
        <a href={linkTo('imports')}>{texts.back}</a>
      </p>
      <Loaded of={read}>
        {(first) => (
          <>
            {hasEnded(first) ? (
              <Progress of={first} />
            ) : (
              <LiveProgress first={first} path={path} ended={() => void read.reload()} />
            )}
            <ImportRows key={String(hasEnded(first))} id={id} query={query} />
          </>
        )}
      </Loaded>
    </>
  );
}

const hasEnded = ({ status }: UserImport): boolean => status === 'completed' || status === 'cancelled';

interface LiveProgressProps {
  first: UserImport;
  path: string;
  ended: () => void;
}

function LiveProgress({ first, path, ended }: LiveProgressProps) {
  const { value, failure } = useLive<UserImport>(`${path}/events`, 'import');
  const current = value ?? first;
  const [wasTold, setTold] = useState(false);
  if (hasEnded(current) && !wasTold) {
    setTold(true);
    ended();
  }
  return (
    <>
      {failure && <ProblemNotice failure={failure} />}
      <Progress of={current} />
      <Controls of={current} path={path} />
    </>
  );
}

function Progress({ of }: { of: UserImport }) {
  const { total, counts, status, rows_per_second, estimated_end_at } = of;
  const done = total - counts.pending;
  return (
    <section class="card" aria-label={texts.status[status]}>
      <p class="row">
        <strong>{texts.status[status]}</strong> {texts.progress(done, total)}
        {!hasEnded(of) && rows_per_second !== undefined && <span>{texts.rate(rows_per_second)}</span>}
        {!hasEnded(of) && estimated_end_at !== undefined && (
          <span>
            {texts.ends} <Time at={estimated_end_at} />
          </span>
        )}
      </p>
      <progress max={total} value={done} aria-label={texts.progress(done, total)} />
      <p class="row">
        {(['created', 'failed', 'skipped', 'unknown', 'pending'] as const).map((name) => (
          <span key={name}>
            {texts.rowStatus[name]}: {counts[name].toLocaleString('en')}
          </span>
        ))}
      </p>
    </section>
  );
}

function Controls({ of: { status }, path }: { of: UserImport; path: string }) {
  const me = useMe();
  const [isCancelling, setCancelling] = useState(false);
  const pausing = useAction(() => call('POST', `${path}/pause`));
  const resuming = useAction(() => call('POST', `${path}/resume`));
  const failure = pausing.failure ?? resuming.failure;
  if (!mayCall(me, 'cancelUserImport')) return null;
  return (
    <>
      {failure !== undefined && <ProblemNotice failure={failure} />}
      <p class="row">
        {status === 'paused' ? (
          <button type="button" disabled={resuming.isRunning} onClick={resuming.run}>
            {texts.resume}
          </button>
        ) : (
          <button type="button" disabled={pausing.isRunning} onClick={pausing.run}>
            {texts.pause}
          </button>
        )}
        <button type="button" onClick={() => setCancelling(true)}>
          {texts.cancel}
        </button>
      </p>
      {isCancelling && (
        <Confirm
          title={texts.cancel}
          action={texts.cancel}
          perform={() => call('POST', `${path}/cancel`)}
          onClose={() => setCancelling(false)}
        >
          <p>{texts.cancelLead}</p>
        </Confirm>
      )}
    </>
  );
}
