/** Messages between the API's main thread and the ingest thread. */
import type { RedisSettings } from '../../settings/redis.ts';
import type { EncryptionKeys } from '../../settings/setting.ts';
import type { ProblemCode } from '../../problem.ts';
import type { IngestSummary, UploadDescription } from './ingest-upload.ts';

export interface ThreadSettings {
  redisSettings: RedisSettings;
  encryptionKeys: EncryptionKeys;
  /** The contract's schema for a row, the only part of it that the thread needs. */
  rowSchema: object;
}

/** Where the rows of an upload are stored. */
export interface Destination {
  id: string;
  tenantId: string;
  /** Holder of the upload's lease. */
  holder: string;
}

export type ToThread =
  /** `destination` left out: a dry run. */
  | { type: 'begin'; upload: number; description: UploadDescription; destination: Destination | undefined }
  | { type: 'bytes'; upload: number; bytes: Uint8Array }
  | { type: 'end'; upload: number }
  /** The sender has disconnected. */
  | { type: 'break'; upload: number };

export type FromThread =
  | { type: 'ready' }
  | { type: 'consumed'; upload: number; bytes: number }
  | { type: 'taken'; upload: number; found: IngestSummary }
  | { type: 'failed'; upload: number; problem: ToldProblem | undefined; message: string };

export interface ToldProblem {
  code: ProblemCode;
  detail: string | undefined;
  headers: Record<string, string | string[]> | undefined;
}
