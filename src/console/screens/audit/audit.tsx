/** The tenant's audit log: filters are in the address, pages follow by cursor. */
import { call, type Schema } from '../../api.ts';
import { useAction } from '../../components/action.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { Time } from '../../components/time.tsx';
import { useResource } from '../../resource.ts';
import { goTo, linkTo, type Place } from '../../router.ts';
import { AuditFilter, FILTERS } from './audit-filter.tsx';
import { texts } from './texts.ts';

type AuditEvent = Schema<'AuditEvent'>;
type Page = Schema<'AuditEventList'>;

export default function Audit({ place: { query } }: { place: Place }) {
  const asked = new URLSearchParams(
    FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])),
  );
  const path = `/v1/tenant/audit-events?${asked.toString()}`;
  const page = useResource<Page>(path);
  const more = useAction(async () => {
    const known = page.value!;
    const next = new URLSearchParams([...asked, ['cursor', known.next_cursor ?? '']]);
    const older = await call<Page>('GET', `/v1/tenant/audit-events?${next.toString()}`);
    page.set({ ...older, events: [...known.events, ...older.events] });
  });
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <AuditFilter key={path} asked={asked} apply={(filters) => goTo(linkTo('audit', undefined, filters))} />
      <Loaded of={page}>
        {({ events, next_cursor }) => (
          <>
            {events.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
            {events.length > 0 && (
              <DataTable caption={texts.caption} columns={texts.columns} rows={events.map(rowOf)} />
            )}
            {more.failure !== undefined && <ProblemNotice failure={more.failure} />}
            {next_cursor !== undefined && (
              <p>
                <button type="button" disabled={more.isRunning} onClick={more.run}>
                  {texts.more}
                </button>
              </p>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function rowOf(event: AuditEvent) {
  const { id, type, time, principal, target, outcome, code, count, request_id } = event;
  const who = principal.user_id ?? principal.client_id ?? principal.service ?? '';
  return {
    key: id,
    cells: [
      type,
      <Time at={time} />,
      <>
        {texts.kinds[principal.kind]} <code>{who}</code>
      </>,
      <code>{target}</code>,
      <>
        {outcome} {code !== undefined && <code>{code}</code>} {count !== undefined && texts.times(count)}
      </>,
      <code>{request_id}</code>,
    ],
  };
}
