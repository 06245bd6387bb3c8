/** Third-party apps of the tenant's users, and the tenant's decisions on them. */
import { useState } from 'preact/hooks';
import { call, type Schema } from '../../api.ts';
import { useAction } from '../../components/action.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemNotice } from '../../components/problem.tsx';
import { useResource } from '../../resource.ts';
import { AppCard, type TenantApp } from './app-card.tsx';
import { texts } from './texts.ts';

type Decision = Schema<'AppDecision'>['decision'];
type Page = Schema<'TenantAppList'>;

const PATH = '/v1/tenant/apps';

export default function Apps() {
  const list = useResource<Page>(PATH);
  const [asked, setAsked] = useState<{ app: TenantApp; decision: Decision }>();
  const more = useAction(async () => {
    const known = list.value!;
    const page = await call<Page>('GET', `${PATH}?cursor=${encodeURIComponent(known.next_cursor ?? '')}`);
    list.set({ ...page, apps: [...known.apps, ...page.apps] });
  });
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Loaded of={list}>
        {({ apps, next_cursor }) => (
          <>
            {apps.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
            {apps.map((app) => (
              <AppCard key={app.client_id} app={app} decide={(decision) => setAsked({ app, decision })} />
            ))}
            {more.failure !== undefined && <ProblemNotice failure={more.failure} />}
            {next_cursor !== undefined && (
              <button type="button" disabled={more.isRunning} onClick={more.run}>
                {texts.more}
              </button>
            )}
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
