/** Imports of users: check a file, start, and follow each one live. */
import type { Schema } from '../../api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { More, usePages } from '../../components/pages.tsx';
import { Time } from '../../components/time.tsx';
import { mayCall, useMe } from '../../me.ts';
import { goTo, linkTo, type Place } from '../../router.ts';
import { NewImport } from './new-import.tsx';
import { OneImport } from './one-import.tsx';
import { texts } from './texts.ts';

type Page = Schema<'UserImportList'>;

const PATH = '/v1/user-imports';

export default function Imports({ place }: { place: Place }) {
  if (place.id !== undefined) return <OneImport key={place.id} id={place.id} query={place.query} />;
  return <AllImports />;
}

function AllImports() {
  const me = useMe();
  const list = usePages<Page>(PATH, (known, next) => ({
    ...next,
    imports: [...known.imports, ...next.imports],
  }));
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {mayCall(me, 'createUserImport') && <NewImport started={(id) => goTo(linkTo('imports', id))} />}
      <Loaded of={list}>
        {({ imports }) => (
          <>
            {imports.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
            {imports.length > 0 && (
              <DataTable caption={texts.caption} columns={texts.columns} rows={imports.map(rowOf)} />
            )}
            <More of={list} text={texts.more} />
          </>
        )}
      </Loaded>
    </>
  );
}

const rowOf = ({ id, status, total, counts, created_at }: Schema<'UserImport'>) => ({
  key: id,
  cells: [
    <a href={linkTo('imports', id)}>{id.slice(0, 8)}…</a>,
    texts.status[status],
    ...[total, counts.created, counts.failed, counts.skipped].map((count) => count.toLocaleString('en')),
    <Time at={created_at} />,
  ],
});
