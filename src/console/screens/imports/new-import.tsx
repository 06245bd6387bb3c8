import { useState } from 'preact/hooks';
import { call, type Schema } from '../../api.ts';
import { useAction } from '../../components/action.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { texts } from './texts.ts';

type Check = Schema<'UserImportCheck'>;

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};

const typeOf = ({ name }: File): string => TYPES[name.split('.').pop()!.toLowerCase()] ?? 'text/csv';

/** A file, checked first and started then; the browser streams it, whatever its size. */
export function NewImport({ started }: { started: (id: string) => void }) {
  const [file, setFile] = useState<File>();
  const [check, setCheck] = useState<Check>();
  // One import for each file: a second press of a slow one starts no second import.
  const [idempotencyKey, setIdempotencyKey] = useState('');
  const choose = (files: FileList | null | undefined) => {
    setFile(files?.[0]);
    setCheck(undefined);
    setIdempotencyKey(crypto.randomUUID());
  };
  const checking = useAction(async () => {
    const headers = { 'Content-Type': typeOf(file!) };
    setCheck(await call<Check>('POST', '/v1/user-imports?dry_run=true', { body: file, headers }));
  });
  const starting = useAction(async () => {
    const headers = { 'Content-Type': typeOf(file!), 'Idempotency-Key': idempotencyKey };
    const { id } = await call<Schema<'UserImport'>>('POST', '/v1/user-imports', { body: file, headers });
    started(id);
  });
  const failure = checking.failure ?? starting.failure;
  const isBusy = checking.isRunning || starting.isRunning;
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        checking.run();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        choose(event.dataTransfer?.files);
      }}
    >
      <p class="field">
        <label>
          {texts.file} <small>{texts.fileHint}</small>
          <input
            type="file"
            accept=".csv,.json,.ndjson,.jsonl"
            onChange={({ currentTarget }) => choose(currentTarget.files)}
          />
        </label>
        {file && <span class="muted">{file.name}</span>}
      </p>
      {failure !== undefined && <ProblemNotice failure={failure} />}
      {check && <CheckResult of={check} />}
      <p class="row">
        <button type="submit" disabled={!file || isBusy}>
          {checking.isRunning ? texts.checking : texts.check}
        </button>
        <button
          type="button"
          class="primary"
          disabled={!check || check.valid === 0 || isBusy}
          onClick={starting.run}
        >
          {starting.isRunning ? texts.sending : texts.start}
        </button>
      </p>
    </form>
  );
}

function CheckResult({ of: { total, valid, rows } }: { of: Check }) {
  return (
    <div role="status">
      <p>
        {texts.checked(total, valid)} {valid < total && texts.invalidStay}
      </p>
      {rows.length > 0 && (
        <DataTable
          caption={texts.faults}
          columns={texts.faultColumns}
          rows={rows.map(({ row, line, error }) => ({
            key: String(row),
            cells: [row, line ?? '', error?.pointer?.replace(/^\//, '') ?? '', error?.message ?? ''],
          }))}
        />
      )}
    </div>
  );
}
