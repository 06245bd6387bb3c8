import { assignableRoles, grantableRoles } from '../../authorization/assignable-roles.ts';
import { limitsOf } from '../../authorization/tenant-settings.ts';
import { retyped } from '../../events/event.ts';
import type { UploadFormat } from '../../imports/parsing/read-upload.ts';
import { parseJson } from '../../json.ts';
import { Problem } from '../../problem.ts';
import { accountOf, makerUserOf } from '../asked-by.ts';
import { idempotencyOf } from '../idempotency.ts';
import type { Operation } from '../operation.ts';
import { presentImport } from './present-import.ts';
import { presentRow } from './present-row.ts';

const formats: Record<string, UploadFormat> = {
  'application/x-ndjson': 'ndjson',
  'application/json': 'json',
  'text/csv': 'csv',
};

export const createUserImport: Operation<
  'createUserImport',
  'config' | 'contract' | 'events' | 'registry' | 'tenants' | 'uploads'
> = async (call) => {
  const { principal, query, upload, bodyType = '', services } = call;
  const { channel = 'auto', send_verification_email: sendsMail = false, dry_run } = query;
  const { user_events: userEvents = false } = query;
  const { config } = services;
  const tenant = await services.registry.tenant(principal.tenantId);
  const format = formats[bodyType];
  if (!tenant || !upload || !format) throw new Problem('not_found');
  if (sendsMail && channel === 'import_jobs')
    throw new Problem('invalid_parameter', { detail: 'Import jobs send no mail: choose row_by_row.' });
  const description = {
    tenantId: tenant.id,
    format,
    isGzip: upload.isGzip,
    charset: upload.charset,
    expectedBytes: upload.expectedBytes,
    assignable: assignableRoles(tenant, services.contract.roles),
    grantable: grantableRoles(tenant, services.contract.roles, principal),
    maxCpuSeconds: config.IMPORT_MAX_CPU_SECONDS,
    limits: {
      rows: config.IMPORT_MAX_ROWS,
      bytes: config.IMPORT_MAX_BYTES,
      inflatedBytes: config.IMPORT_MAX_INFLATED_BYTES,
      lineBytes: config.IMPORT_MAX_LINE_BYTES,
    },
  };
  const [by, makerUser] = [accountOf(principal), makerUserOf(principal)];
  const request = {
    owner: { tenantId: tenant.id, connection: tenant.connection, by, makerUser },
    atOnce: limitsOf(tenant, services.tenants.defaults).imports,
    source: upload.source,
    description,
    signal: call.signal,
  };
  if (dry_run) {
    const { total, failed, wrong } = await services.uploads.check(request);
    // No import was created, so the event has another type.
    await retyped(call.event, 'user_import.checked').commit(
      (text) => services.events.record(parseJson(text())),
      () => true,
    );
    const rows = wrong.map((row) => presentRow('', row.number, { stored: row, mark: 'f' }));
    return { status: 200, body: { dry_run: true, total, valid: total - failed, failed, rows } };
  }
  const state = await services.uploads.take({
    ...request,
    recheck: upload.recheck,
    channel,
    sendsMail,
    userEvents,
    idempotency: idempotencyOf(call),
    event: call.event,
  });
  const headers = { Location: `/v1/user-imports/${state.id}` };
  return { status: 202, body: presentImport(state), headers };
};
