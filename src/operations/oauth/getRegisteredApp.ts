import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { managedAt, NEVER_STORED, presentRegisteredClient } from './present-registered-client.ts';

export const getRegisteredApp: Operation<'getRegisteredApp', 'apps' | 'publicUrl'> = async ({
  principal,
  services,
}) => {
  const { clientId, token } = principal;
  const [stored, metadata] = await Promise.all([
    services.apps.read(clientId),
    services.apps.readMetadata(clientId),
  ]);
  if (!stored || !metadata)
    throw new Problem('invalid_token', { internal: 'the app, or its token, is another one by now' });
  const issued_at = Math.floor(Date.parse(stored.app.created_at) / 1000);
  return {
    status: 200,
    body: {
      ...presentRegisteredClient({ client_id: clientId, issued_at, metadata }),
      ...managedAt(services.publicUrl, clientId, token),
    },
    headers: NEVER_STORED,
  };
};
