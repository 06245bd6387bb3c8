/** Reads of any resource of the Management API as plain JSON, for comparing an account: what the SDK does not type, or other code defines. */
import { isRecord } from '../json.ts';
import { NotSent, toManagementFailure } from './errors.ts';
import { endpointOf } from './endpoint-group.ts';
import { sendWithToken, type ManagementSettings, type SendCall } from './management.ts';

/**
 * @returns the answer to `GET /api/v2{path}`, undefined for 404
 * @throws ManagementFailure
 */
export type ReadManagement = (path: string) => Promise<unknown>;

export function createManagementReader(
  { authorityUrl, token }: Pick<ManagementSettings, 'authorityUrl' | 'token'>,
  send: SendCall,
): ReadManagement {
  return async (path) => {
    const url = new URL(`api/v2${path}`, authorityUrl);
    const endpoint = endpointOf('GET', url);
    try {
      const headers = { accept: 'application/json', authorization: `Bearer ${await token.current()}` };
      const response = await sendWithToken(send, token, url, { headers });
      if (response.status === 404) return undefined;
      const body: unknown = await response.json().catch(() => undefined);
      if (response.ok && (isRecord(body) || Array.isArray(body))) return body;
      const error = { statusCode: response.ok ? 502 : response.status, body, rawResponse: response };
      throw Object.assign(new Error('refused'), error);
    } catch (error) {
      if (error instanceof NotSent) throw error.cause;
      throw toManagementFailure(error, true, endpoint);
    }
  };
}
