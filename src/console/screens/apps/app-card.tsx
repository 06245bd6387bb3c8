import type { Schema } from '../../api.ts';
import { Time } from '../../components/time.tsx';
import { mayCall, useMe } from '../../me.ts';
import { settings } from '../../page-settings.ts';
import { texts } from './texts.ts';

export type TenantApp = Schema<'TenantApp'>;
type Decision = Schema<'AppDecision'>['decision'];

interface AppCardProps {
  app: TenantApp;
  decide: (decision: Decision) => void;
}

export function AppCard({ app, decide }: AppCardProps) {
  const me = useMe();
  return (
    <section class="card" aria-label={app.name}>
      <div class="head">
        <h2>{app.name}</h2>
        <span class={`badge ${app.access === 'allowed' ? 'ok' : 'danger'}`}>{texts.access[app.access]}</span>
      </div>
      {app.flags.map((flag) => (
        <p key={flag} class="note">
          {texts.flags[flag]}
        </p>
      ))}
      {app.lapsed_at !== undefined && <p class="note">{texts.lapsed}</p>}
      <AppFacts app={app} />
      {mayCall(me, 'decideOnTenantApp') && (
        <p class="row">
          {choicesFor(app).map((decision) => (
            <button key={decision} type="button" onClick={() => decide(decision)}>
              {texts.decisions[decision].action}
            </button>
          ))}
        </p>
      )}
    </section>
  );
}

function choicesFor({ decision }: TenantApp): Decision[] {
  const all: Decision[] = ['allowed', 'denied', 'undecided'];
  return all.filter((one) => one !== decision);
}

const AppFacts = ({ app }: { app: TenantApp }) => (
  <dl>
    <dt>{texts.mayAsk}</dt>
    <dd>
      <ul>
        {app.scopes.map((scope) => (
          <li key={scope}>{settings.scopes[scope] ?? scope}</li>
        ))}
      </ul>
    </dd>
    <dt>{texts.users}</dt>
    <dd>{app.users ?? 0}</dd>
    <dt>{texts.lastUsed}</dt>
    <dd>
      <Time at={app.last_used_at} />
    </dd>
    <dt>{texts.registered}</dt>
    <dd>
      <Time at={app.registered_at} />, {texts.by[app.registration]}. {texts.status[app.status]}.{' '}
      {app.vouched_for && texts.vouched}
    </dd>
    <dt>{texts.redirects}</dt>
    <dd>
      {app.redirect_uris.map((uri) => (
        <code key={uri}>{uri} </code>
      ))}
    </dd>
    {app.decided_at !== undefined && (
      <>
        <dt>{texts.decided}</dt>
        <dd>
          <Time at={app.decided_at} />
        </dd>
      </>
    )}
  </dl>
);
