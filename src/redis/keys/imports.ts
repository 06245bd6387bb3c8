/** User imports: rows go some time after the end of an import. */
import { defineKey, SECOND_MS, DAY_MS } from '../key-definition.ts';

export const importsKeys = {
  userImport: defineKey('trivium:{import:<id>}:state', {
    type: 'hash',
    holds: 'state and counts of a user import',
    bound: {
      entries: 10_000,
      by: 'its fields, events on their way among them; `IMPORT_RECORDS_PER_TENANT` of them',
    },
    writtenBy: 'API, workers',
  }),
  userImportRows: defineKey('trivium:{import:<id>}:rows', {
    type: 'hash',
    holds: 'number of a chunk → its rows, packed and sealed',
    bound: {
      expiresMs: 365 * DAY_MS,
      after: 'the end of the import (`IMPORT_KEEP_HOURS`)',
      bytes: 'IMPORT_MAX_BYTES',
    },
    writtenBy: 'API, workers',
  }),
  userImportMarks: defineKey('trivium:{import:<id>}:marks', {
    type: 'string',
    holds: 'a byte for each row, what became of it',
    bound: {
      expiresMs: 365 * DAY_MS,
      after: 'the end of the import (`IMPORT_KEEP_HOURS`)',
      bytes: 'IMPORT_MAX_ROWS',
    },
    writtenBy: 'API, workers',
  }),
  userImportBatches: defineKey('trivium:{import:<id>}:batches', {
    type: 'hash',
    holds: 'number of a batch → which rows went to the authority in one import job',
    bound: {
      expiresMs: 365 * DAY_MS,
      after: 'the end of the import (`IMPORT_KEEP_HOURS`)',
      bytes: 'IMPORT_MAX_ROWS',
    },
    writtenBy: 'workers',
  }),
  userImportUpload: defineKey('trivium:{import:<id>}:upload', {
    type: 'string',
    holds: 'somebody is uploading this import',
    bound: { expiresMs: 20 * SECOND_MS },
    writtenBy: 'API',
  }),
  userImportsOf: defineKey('trivium:{imports-of:<tenant>}:all', {
    type: 'zset',
    holds: 'id of a user import of a tenant → when it was made, ms',
    bound: { perEntity: 'import' },
    writtenBy: 'API',
  }),
  openUserImportsOf: defineKey('trivium:{imports-of:<tenant>}:open', {
    type: 'zset',
    holds: 'id of a user import of a tenant that has not ended → until when that counts, ms',
    bound: { perEntity: 'open import' },
    writtenBy: 'API',
  }),
  importJobLeases: defineKey('trivium:{import-jobs}:leases', {
    type: 'zset',
    holds: '`<import id>:<batch>` that has a place for an import job → until when, ms',
    bound: { perEntity: 'open import', times: 2 },
    writtenBy: 'workers',
  }),
  importJobsWaiting: defineKey('trivium:{import-jobs}:waiting', {
    type: 'zset',
    holds: 'import that waits for a place → when it last asked, ms',
    bound: { perEntity: 'open import' },
    writtenBy: 'workers',
  }),
  importJobsGiven: defineKey('trivium:{import-jobs}:given', {
    type: 'zset',
    holds: 'import → when it was last given a place, ms',
    bound: { perEntity: 'import' },
    writtenBy: 'workers',
  }),
  importJobLimit: defineKey('trivium:{import-jobs}:limit', {
    type: 'hash',
    holds: 'while somebody else has places, there are fewer for us',
    bound: { entries: 4, by: 'its fields' },
    writtenBy: 'workers',
  }),
  importJobsPace: defineKey('trivium:{import-jobs}:pace', {
    type: 'string',
    holds: 'users a second that one import job creates',
    bound: { expiresMs: 7 * DAY_MS },
    writtenBy: 'workers',
  }),
  openImports: defineKey('trivium:imports:open', {
    type: 'set',
    holds: 'ids of user imports that have not ended',
    bound: { perEntity: 'open import' },
    writtenBy: 'API, workers',
  }),
};
