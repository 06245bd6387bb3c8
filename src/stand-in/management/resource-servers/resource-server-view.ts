import type { ResourceServer } from '../../store/records.ts';

/** Recorded: neither the secret of an API with symmetric tokens is shown, nor the key that its tokens are encrypted with. */
export function resourceServerView({ signing_secret: _secret, ...server }: ResourceServer): object {
  const encryption = server['token_encryption'] as { encryption_key?: object } | undefined;
  if (!encryption?.encryption_key) return server;
  const { pem: _pem, ...key } = encryption.encryption_key as { pem?: string };
  return { ...server, token_encryption: { ...encryption, encryption_key: key } };
}
