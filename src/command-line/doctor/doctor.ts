/** What every check of `trivium doctor` is given. */
import type { Finding } from './finding.ts';

export interface Doctor {
  /** Of the API, without a trailing slash. */
  url: string;
  /** The issuer, with a trailing slash. */
  authority: string;
  /** Also the namespace of claims. */
  audience: string;
  /** The operator's access token, as `Authorization`. */
  operator: string;
  options: Pick<DoctorOptions, 'user' | 'tenant' | 'tokenQuota'>;
  /** Of the existing tenant, as `Authorization`; undefined: a throw-away tenant is made. */
  tenantKey: string | undefined;
  /** Aborts when the user interrupts. What has begun to be created is not aborted: it is removed afterwards. */
  signal: AbortSignal;
  /** For people. */
  say: (text: string) => void;
  /** What is proved. */
  proved: (what: string) => void;
  found: (...findings: Finding[]) => void;
}

export interface DoctorOptions {
  folder: string;
  url?: string;
  tenant?: string;
  user?: string;
  tokenQuota: string;
  json: boolean;
  allowHttp: boolean;
}
