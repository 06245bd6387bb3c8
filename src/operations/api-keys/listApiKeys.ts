import type { Operation } from '../operation.ts';
import { presentApiKey } from './present-api-key.ts';

export const listApiKeys: Operation<'listApiKeys', 'apiKeys'> = async ({ principal, services }) => ({
  status: 200,
  body: { api_keys: (await services.apiKeys.list(principal.tenantId)).map((key) => presentApiKey(key)) },
});
