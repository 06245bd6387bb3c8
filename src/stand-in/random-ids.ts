import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function letters(length: number): string {
  let id = '';
  // 248 is the largest multiple of 62 in a byte: larger values would bias the result.
  while (id.length < length)
    for (const byte of randomBytes(length)) if (byte < 248) id += LETTERS[byte % 62] ?? '';
  return id.slice(0, length);
}

const PROCESS = randomBytes(5).toString('hex');
let counter = randomInt(0xffffff);

/** As in `auth0|63d17c4a9d503d76c056c160`: seconds, process-specific part, counter (recorded in form). */
export function objectId(): string {
  counter = (counter + 1) % 0x1000000;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return seconds.padStart(8, '0') + PROCESS + counter.toString(16).padStart(6, '0');
}

/** Forms of identifiers as recorded. */
export const newId = {
  client: () => letters(32),
  thirdPartyClient: () => `tpc_${letters(22)}`,
  clientGrant: () => `cgr_${letters(16)}`,
  credential: () => `cred_${letters(22)}`,
  role: () => `rol_${letters(16)}`,
  device: () => `dev_${letters(16)}`,
  job: () => `job_${letters(16)}`,
  recoveryCode: () => letters(24).toUpperCase(),
  ticket: () => letters(32),
  organization: () => `org_${letters(16)}`,
  invitation: () => `uinv_${letters(16)}`,
  discoveryDomain: () => `ord_${letters(22)}`,
  connection: () => `con_${letters(16)}`,
  action: () => randomUUID(),
  /** Recorded in form: letters in base 64, and a date. */
  execution: (day: string) => letters(20) + Buffer.from(day.replaceAll('-', '')).toString('base64'),
  customDomain: () => `cd_${letters(16)}`,
  logStream: () => `lst_${String(randomInt(1, 1e12)).padStart(16, '0')}`,
  eventStream: () => `est_${letters(22)}`,
  event: () => `evt_${letters(22)}`,
  rateLimitPolicy: () => `rlp_${letters(21)}`,
  clientSecret: () => randomBytes(48).toString('base64url'),
};
