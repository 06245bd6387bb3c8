import type { ResourceServer } from '../../store/records.ts';

/** Recorded: neither the secret of an API with symmetric signatures nor its token encryption key is shown. */
export function resourceServerView({ signing_secret: _secret, ...server }: ResourceServer): object {
  const encryption = server['token_encryption'] as { encryption_key?: object } | undefined;
  if (!encryption?.encryption_key) return server;
  const { pem: _pem, ...key } = encryption.encryption_key as { pem?: string };
  return { ...server, token_encryption: { ...encryption, encryption_key: key } };
}
