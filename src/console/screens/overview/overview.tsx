/** What of the tenant deserves a look: each part is shown to users who hold its scope. */
import type { ComponentChildren } from 'preact';
import type { Schema } from '../../api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Time } from '../../components/time.tsx';
import { useResource } from '../../resource.ts';
import { linkTo } from '../../router.ts';
import { texts } from './texts.ts';

type Overview = Schema<'TenantOverview'>;

export default function OverviewScreen() {
  const overview = useResource<Overview>('/v1/tenant/overview');
  return <Loaded of={overview}>{(value) => <Parts of={value} />}</Loaded>;
}

function Parts({ of: { tenant, usage, api_keys, apps, user_imports, webhooks } }: { of: Overview }) {
  return (
    <>
      <h1>{texts.title(tenant.name)}</h1>
      <p class="lead">{texts.lead}</p>
      {usage && <Usage of={usage} />}
      {api_keys && (
        <Part title={texts.keys.title} screen="api-keys">
          <p>{texts.keys.some(api_keys.total, api_keys.expiring)}</p>
          <ul>
            {api_keys.first.map(({ client_id, name, ends_at }) => (
              <li key={client_id}>
                {name}, {texts.keys.ends} <Time at={ends_at} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {apps && (
        <Part title={texts.apps.title} screen="apps">
          <p>{apps.waiting === 0 ? texts.apps.none : texts.apps.some(apps.waiting)}</p>
          <ul>
            {apps.first.map(({ client_id, name }) => (
              <li key={client_id}>{name}</li>
            ))}
          </ul>
        </Part>
      )}
      {user_imports && (
        <Part title={texts.imports.title} screen="imports">
          <p>{user_imports.running === 0 ? texts.imports.none : texts.imports.some(user_imports.running)}</p>
        </Part>
      )}
      {webhooks && (
        <Part title={texts.webhooks.title}>
          <p>{webhooks.failing === 0 ? texts.webhooks.none : texts.webhooks.some(webhooks.failing)}</p>
        </Part>
      )}
    </>
  );
}

interface PartProps {
  title: string;
  screen?: string;
  children: ComponentChildren;
}

const Part = ({ title, screen, children }: PartProps) => (
  <section class="card" aria-label={title}>
    <h2>{screen === undefined ? title : <a href={linkTo(screen)}>{title}</a>}</h2>
    {children}
  </section>
);

function Usage({ of: { callers } }: { of: NonNullable<Overview['usage']> }) {
  const { usage } = texts;
  if (callers.length === 0) return <p class="card">{usage.none}</p>;
  const rows = callers.map(({ kind, requests, refusals, failures }) => ({
    key: kind,
    cells: [usage.kinds[kind], ...[requests, refusals, failures].map((count) => count.toLocaleString('en'))],
  }));
  return (
    <div class="card">
      <DataTable caption={usage.caption} columns={usage.columns} rows={rows} />
    </div>
  );
}
