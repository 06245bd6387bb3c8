/** What third-party apps may do for me, and how I end it. */
import { useState } from 'preact/hooks';
import { call, type Schema } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Time } from '../../components/time.tsx';
import { settings } from '../../page-settings.ts';
import { useResource } from '../../resource.ts';
import { texts } from './texts.ts';

type Consent = Schema<'Consent'>;

export default function Consents() {
  const list = useResource<Schema<'ConsentList'>>('/v1/me/consents');
  const [ending, setEnding] = useState<Consent>();
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Loaded of={list}>
        {({ consents }) => (
          <>
            {consents.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
            {consents.map((consent) => (
              <section key={consent.client_id} class="card" aria-label={nameOf(consent)}>
                <div class="head">
                  <h2>{nameOf(consent)}</h2>
                  <button type="button" onClick={() => setEnding(consent)}>
                    {texts.withdraw}
                  </button>
                </div>
                <p class="muted">
                  {texts.given} <Time at={consent.given_at} />
                </p>
                <ul>
                  {consent.scopes.map((scope) => (
                    <li key={scope}>{settings.scopes[scope] ?? scope}</li>
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </Loaded>
      {ending && (
        <Confirm
          title={texts.withdrawTitle(nameOf(ending))}
          action={texts.withdraw}
          onClose={() => setEnding(undefined)}
          perform={async () => {
            await call('DELETE', `/v1/me/consents/${encodeURIComponent(ending.client_id)}`);
            await list.reload();
          }}
        >
          <p>{texts.withdrawLead}</p>
        </Confirm>
      )}
    </>
  );
}

/** Of one whose registration was deleted only the id is left. */
const nameOf = ({ name, client_id }: Consent): string => name ?? client_id;
