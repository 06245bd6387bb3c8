/** Third-party apps of the tenant's users, and the tenant's decisions on them. */
import { useState } from 'preact/hooks';
import { call, type Schema } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { More, usePages } from '../../components/pages.tsx';
import { AppCard, type TenantApp } from './app-card.tsx';
import { texts } from './texts.ts';

type Decision = Schema<'AppDecision'>['decision'];
type Page = Schema<'TenantAppList'>;

const PATH = '/v1/tenant/apps';

export default function Apps() {
  const list = usePages<Page>(PATH, (known, next) => ({
    ...next,
    apps: [...known.apps, ...next.apps],
  }));
  const [asked, setAsked] = useState<{ app: TenantApp; decision: Decision }>();
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Loaded of={list}>
        {({ apps }) => (
          <>
            {apps.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
            {apps.map((app) => (
              <AppCard key={app.client_id} app={app} decide={(decision) => setAsked({ app, decision })} />
            ))}
            <More of={list} text={texts.more} />
          </>
        )}
      </Loaded>
      {asked && (
        <DecisionDialog
          {...asked}
          onClose={() => setAsked(undefined)}
          decided={(app) => {
            const apps = list.value!.apps.map((one) => (one.client_id === app.client_id ? app : one));
            list.set({ ...list.value!, apps });
          }}
        />
      )}
    </>
  );
}

interface DecisionProps {
  app: TenantApp;
  decision: Decision;
  decided: (app: TenantApp) => void;
  onClose: () => void;
}

/** For the app as it was shown: one that has changed since is refused (412), and nothing is decided. */
function DecisionDialog({ app, decision, decided, onClose }: DecisionProps) {
  const words = texts.decisions[decision];
  return (
    <Confirm
      title={words.title(app.name)}
      action={words.action}
      onClose={onClose}
      perform={async () => {
        const path = `${PATH}/${encodeURIComponent(app.client_id)}`;
        decided(await call<TenantApp>('PUT', path, { body: { decision, version: app.version } }));
      }}
    >
      <p>{words.lead}</p>
      {app.users !== undefined && decision !== 'allowed' && <p>{texts.affected(app.users)}</p>}
    </Confirm>
  );
}
