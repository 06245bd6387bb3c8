/** The deployment, live, for operators: the budget, who waits for it, queues, workers; and what was refused, and why. */
import type { Schema } from '../../api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { Time } from '../../components/time.tsx';
import { useLive } from '../../event-stream.ts';
import { useResource } from '../../resource.ts';
import { texts as common } from '../../texts.ts';
import { texts } from './texts.ts';

type State = Schema<'DeploymentState'>;

export default function Operations() {
  const { value, failure } = useLive<State>('/v1/operator/stream', 'deployment');
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {failure && <ProblemNotice failure={failure} />}
      {failure && value && <p class="note">{texts.stale}</p>}
      {!value && !failure && <p role="status">{common.loading}</p>}
      {value && <Deployment of={value} />}
      <Refusals />
    </>
  );
}

const Deployment = ({ of: { buckets, backlogs, queues, workers, dead_letters } }: { of: State }) => (
  <>
    <p class="card">{texts.state(workers.alive, dead_letters)}</p>
    <div class="card">
      <DataTable
        caption={texts.budget.caption}
        columns={texts.budget.columns}
        rows={buckets.map(bucketRow)}
      />
    </div>
    <div class="card">
      <DataTable caption={texts.queues.caption} columns={texts.queues.columns} rows={queues.map(queueRow)} />
    </div>
    <div class="card">
      {backlogs.length === 0 ? (
        texts.backlogs.none
      ) : (
        <DataTable
          caption={texts.backlogs.caption}
          columns={texts.backlogs.columns}
          rows={backlogs.map(({ flow, tenant_id, pending }) => ({
            key: `${flow} ${tenant_id}`,
            cells: [tenant_id ?? flow, pending],
          }))}
        />
      )}
    </div>
  </>
);

const bucketRow = ({
  name,
  available,
  burst,
  per_second,
  pace,
  refused,
  paused_until,
}: Schema<'Bucket'>) => ({
  key: name,
  cells: [
    name,
    <>
      <meter min={0} max={burst} value={available} aria-label={texts.budget.left(available, burst)} />{' '}
      {texts.budget.left(available, burst)}
    </>,
    per_second,
    `${Math.round(pace * 100)} %`,
    refused,
    paused_until === undefined ? texts.nothing : <Time at={paused_until} />,
  ],
});

const queueRow = ({ name, lane, waiting, active, delayed, oldest_at }: State['queues'][number]) => ({
  key: name,
  cells: [
    name,
    lane ?? '',
    waiting,
    active,
    delayed,
    oldest_at === undefined ? texts.nothing : <Time at={oldest_at} />,
  ],
});

function Refusals() {
  const { refusals } = texts;
  const list = useResource<Schema<'RefusalList'>>('/v1/operator/refusals?limit=50');
  return (
    <div class="card">
      <Loaded of={list}>
        {(page) =>
          page.refusals.length === 0 ? (
            <p>{refusals.none}</p>
          ) : (
            <DataTable
              caption={refusals.caption}
              columns={refusals.columns}
              rows={page.refusals.map((one) => ({
                key: `${one.request_id} ${one.time}`,
                cells: [
                  one.code,
                  <Time at={one.time} />,
                  one.operation,
                  one.reason ?? '',
                  [one.caller, one.tenant_id, one.user_id ?? one.client_id].filter(Boolean).join(' '),
                  one.count,
                ],
              }))}
            />
          )
        }
      </Loaded>
      <p>
        <button type="button" disabled={list.isReading} onClick={() => void list.reload()}>
          {refusals.again}
        </button>
      </p>
    </div>
  );
}
