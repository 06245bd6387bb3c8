/** User imports. Rows expire some time after the end of their import. */
import { defineKey, SECOND_MS, DAY_MS } from '../key-definition.ts';

export const importsKeys = {
  userImport: defineKey('trivium:{import:<id>}:state', {
    type: 'hash',
    holds: 'state and counts of a user import',
    bound: {
      entries: 10_000,
      by: 'its fields, including events not moved to the outbox yet; `IMPORT_RECORDS_PER_TENANT` such keys',
    },
    writtenBy: 'API, workers',
  }),
  userImportRows: defineKey('trivium:{import:<id>}:rows', {
    type: 'hash',
    holds: 'number of a chunk → its rows, packed and encrypted',
    bound: {
      expiresMs: 365 * DAY_MS,
      after: 'the end of the import (`IMPORT_KEEP_HOURS`)',
      bytes: 'IMPORT_MAX_BYTES',
    },
    writtenBy: 'API, workers',
  }),
  userImportMarks: defineKey('trivium:{import:<id>}:marks', {
    type: 'string',
    holds: 'one byte for each row with its outcome',
    bound: {
      expiresMs: 365 * DAY_MS,
      after: 'the end of the import (`IMPORT_KEEP_HOURS`)',
      bytes: 'IMPORT_MAX_ROWS',
    },
    writtenBy: 'API, workers',
  }),
  userImportBatches: defineKey('trivium:{import:<id>}:batches', {
    type: 'hash',
    holds: 'number of a batch → the rows sent to the authority in one import job',
    bound: {
      expiresMs: 365 * DAY_MS,
      after: 'the end of the import (`IMPORT_KEEP_HOURS`)',
      bytes: 'IMPORT_MAX_ROWS',
    },
    writtenBy: 'workers',
  }),
  userImportUpload: defineKey('trivium:{import:<id>}:upload', {
    type: 'string',
    holds: 'lock: this import is being uploaded',
    bound: { expiresMs: 20 * SECOND_MS },
    writtenBy: 'API',
  }),
  userImportsOf: defineKey('trivium:{imports-of:<tenant>}:all', {
    type: 'zset',
    holds: 'id of a user import of a tenant → creation time, ms',
    bound: { perEntity: 'import' },
    writtenBy: 'API',
  }),
  openUserImportsOf: defineKey('trivium:{imports-of:<tenant>}:open', {
    type: 'zset',
    holds: 'id of a running user import of a tenant → time until which it counts against the limit, ms',
    bound: { perEntity: 'open import' },
    writtenBy: 'API',
  }),
  importJobLeases: defineKey('trivium:{import-jobs}:leases', {
    type: 'zset',
    holds: '`<import id>:<batch>` that holds a lease for an import job → its expiry, ms',
    bound: { perEntity: 'open import', times: 2 },
    writtenBy: 'workers',
  }),
  importJobsWaiting: defineKey('trivium:{import-jobs}:waiting', {
    type: 'zset',
    holds: 'import waiting for an import job lease → its last request, ms',
    bound: { perEntity: 'open import' },
    writtenBy: 'workers',
  }),
  importJobsGiven: defineKey('trivium:{import-jobs}:given', {
    type: 'zset',
    holds: 'import → time of its last lease, ms',
    bound: { perEntity: 'import' },
    writtenBy: 'workers',
  }),
  importJobLimit: defineKey('trivium:{import-jobs}:limit', {
    type: 'hash',
    holds: 'reduced number of leases while another system runs import jobs',
    bound: { entries: 4, by: 'its fields' },
    writtenBy: 'workers',
  }),
  importJobsPace: defineKey('trivium:{import-jobs}:pace', {
    type: 'string',
    holds: 'measured rate of one import job, in users per second',
    bound: { expiresMs: 7 * DAY_MS },
    writtenBy: 'workers',
  }),
  openImports: defineKey('trivium:imports:open', {
    type: 'set',
    holds: 'ids of running user imports',
    bound: { perEntity: 'open import' },
    writtenBy: 'API, workers',
  }),
};
