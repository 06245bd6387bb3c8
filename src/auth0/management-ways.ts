import type { ManagementClient } from 'auth0';

export type SdkCall<T> = (sdk: ManagementClient) => Promise<T>;

/** How `management.ts` makes calls: each throws `ManagementFailure` and nothing else. */
export interface Ways {
  read: <T>(call: SdkCall<T>) => Promise<T>;
  write: <T>(call: SdkCall<T>) => Promise<T>;
  /** What is to be deleted and is not there is as it should be. */
  gone: (call: () => Promise<void>) => Promise<void>;
}
