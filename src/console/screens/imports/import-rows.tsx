import { failureOf, request, type Schema } from '../../api.ts';
import { useAction } from '../../components/action.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { More, usePages } from '../../components/pages.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { goTo, linkTo } from '../../router.ts';
import { texts } from './texts.ts';

type Page = Schema<'UserImportRowList'>;
type Row = Schema<'UserImportRow'>;

/** The rows with their results; the filter is in the address. */
export function ImportRows({ id, query }: { id: string; query: URLSearchParams }) {
  const status = query.get('status') ?? '';
  const filter = status === '' ? '' : `&status=${encodeURIComponent(status)}`;
  const base = `/v1/user-imports/${encodeURIComponent(id)}/rows`;
  const path = `${base}?limit=100${filter}`;
  const list = usePages<Page>(path, (known, next) => ({
    ...next,
    rows: [...known.rows, ...next.rows],
  }));
  const download = useAction(async () => {
    const response = await request('GET', `${base}?${filter.slice(1)}`, { headers: { Accept: 'text/csv' } });
    if (!response.ok) throw await failureOf(response);
    save(await response.blob(), `import-${id}.csv`);
  });
  return (
    <div class="card">
      <div class="head">
        <label>
          {texts.show}{' '}
          <select
            value={status}
            onChange={({ currentTarget: { value } }) =>
              goTo(linkTo('imports', id, value === '' ? {} : { status: value }))
            }
          >
            <option value="">{texts.all}</option>
            {Object.entries(texts.rowStatus).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={download.isRunning} onClick={download.run}>
          {texts.download}
        </button>
      </div>
      {download.failure !== undefined && <ProblemNotice failure={download.failure} />}
      <Loaded of={list}>
        {({ rows }) => (
          <>
            {rows.length === 0 && <p>{texts.noRows}</p>}
            {rows.length > 0 && (
              <DataTable caption={texts.results} columns={texts.rowColumns} rows={rows.map(tableRow)} />
            )}
            <More of={list} text={texts.more} />
          </>
        )}
      </Loaded>
    </div>
  );
}

const tableRow = ({ row, status, email, user_id, error, errors = error ? [error] : [] }: Row) => ({
  key: String(row),
  cells: [
    row,
    texts.rowStatus[status],
    email ?? '',
    <code>{user_id}</code>,
    errors.map(({ pointer = '', message }) => `${pointer.replace(/^\//, '')} ${message}`).join('; '),
  ],
});

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
