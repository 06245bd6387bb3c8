import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Artifact } from '../store/records.ts';
import { artifactKey, isExpired, type Store } from '../store/store.ts';
import { providerClient } from './provider-client.ts';

const WRITES_PER_SWEEP = 2_000;
/** Limit per user and application. */
const REFRESH_TOKENS_MAX = 200;

/** Adapter for oidc-provider's sessions, codes, tokens and clients: reads the current state of the store. */
export function createAdapter(store: Store, now: () => number): (model: string) => Adapter {
  let untilSweep = WRITES_PER_SWEEP;
  return (model) => ({
    find: (id) =>
      Promise.resolve(
        model === 'Client' ? client(id) : alive(store.artifacts.get(artifactKey({ model, id }))),
      ),
    findByUid: (uid) => Promise.resolve(alive(store.artifacts.first('sessionUid', uid))),
    // The device flow is disabled.
    findByUserCode: () => Promise.resolve(undefined),
    upsert: (id, payload, expiresIn = 0) => {
      sweep();
      if (model === 'RefreshToken') makeRoom(payload);
      store.artifacts.put({
        model,
        id,
        payload: { ...payload },
        ...(expiresIn > 0 && { expires_at: now() + expiresIn * 1000 }),
      });
      return Promise.resolve();
    },
    consume: (id) => {
      const artifact = store.artifacts.get(artifactKey({ model, id }));
      if (artifact)
        store.artifacts.put({
          ...artifact,
          payload: { ...artifact.payload, consumed: Math.floor(now() / 1000) },
        });
      return Promise.resolve();
    },
    destroy: (id) => {
      store.artifacts.delete(artifactKey({ model, id }));
      return Promise.resolve();
    },
    revokeByGrantId: (grantId) => {
      for (const artifact of [...store.artifacts.by('grant', grantId)])
        store.artifacts.delete(artifactKey(artifact));
      return Promise.resolve();
    },
  });

  /** Removes expired entries that are never requested again. */
  function sweep(): void {
    untilSweep -= 1;
    if (untilSweep > 0) return;
    untilSweep = WRITES_PER_SWEEP;
    for (const artifact of [...store.artifacts.values()])
      if (isExpired(artifact, now())) store.artifacts.delete(artifactKey(artifact));
  }

  /** Auth0 docs, "Entity limit policy": the oldest is removed. */
  function makeRoom({ accountId, clientId }: AdapterPayload): void {
    const alike = [...store.artifacts.by('account', accountId ?? '')].filter(
      ({ model, payload }) => model === 'RefreshToken' && payload['clientId'] === clientId,
    );
    const age = ({ payload }: Artifact) => Number(payload['iat'] ?? 0);
    alike.sort((a, b) => age(a) - age(b));
    for (const artifact of alike.slice(0, Math.max(0, alike.length + 1 - REFRESH_TOKENS_MAX)))
      store.artifacts.delete(artifactKey(artifact));
  }

  function client(id: string): AdapterPayload | undefined {
    const record = store.clients.get(id);
    return record && providerClient(record);
  }

  function alive(artifact: Artifact | undefined): AdapterPayload | undefined {
    if (!artifact) return undefined;
    if (!isExpired(artifact, now())) return { ...artifact.payload };
    store.artifacts.delete(artifactKey(artifact));
    return undefined;
  }
}
