import type { ResourceServer } from '../../store/records.ts';

/** Recorded: the secret of an API with symmetric tokens is not shown. */
export function resourceServerView({ signing_secret: _secret, ...server }: ResourceServer): object {
  return server;
}
