/** The tenant's audit log: filters are in the address, pages follow by cursor. */
import type { Schema } from '../../api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { More, usePages } from '../../components/pages.tsx';
import { Time } from '../../components/time.tsx';
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
  const page = usePages<Page>(path, (known, next) => ({
    ...next,
    events: [...known.events, ...next.events],
  }));
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <AuditFilter key={path} asked={asked} apply={(filters) => goTo(linkTo('audit', undefined, filters))} />
      <Loaded of={page}>
        {({ events }) => (
          <>
            {events.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
            {events.length > 0 && (
              <DataTable caption={texts.caption} columns={texts.columns} rows={events.map(rowOf)} />
            )}
            <More of={page} text={texts.more} />
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
