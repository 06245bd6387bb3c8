import { Time } from '../../components/time.tsx';
import { mayCall, useMe } from '../../me.ts';
import { settings } from '../../page-settings.ts';
import { linkTo } from '../../router.ts';
import type { ApiKey } from './key.ts';
import { texts } from './texts.ts';

const { columns } = texts;

export const KeyTable = ({ keys }: { keys: readonly ApiKey[] }) => (
  <div class="scroll" tabIndex={0} role="region" aria-label={texts.title}>
    <table>
      <caption>{texts.caption}</caption>
      <thead>
        <tr>
          {Object.values(columns).map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.client_id} of={key} />
        ))}
      </tbody>
    </table>
  </div>
);

function KeyRow({ of: key }: { of: ApiKey }) {
  const me = useMe();
  const isRotating = key.replaced_by !== undefined || key.replaces !== undefined;
  return (
    <tr>
      <th scope="row">
        {key.name}
        <br />
        <code class="muted">{key.client_id.slice(0, 8)}…</code> <KeyState of={key} />
      </th>
      <td>
        <details>
          <summary>{texts.scopeCount(key.scopes.length)}</summary>
          <ul>
            {key.scopes.map((scope) => (
              <li key={scope}>{settings.scopes[scope] ?? scope}</li>
            ))}
          </ul>
        </details>
        {key.allowed_addresses && (
          <small>
            {texts.addresses} {key.allowed_addresses.join(', ')}
          </small>
        )}
      </td>
      <td>
        <Time at={key.last_used_at} />
        <br />
        <small class="muted">{texts.uses(key.uses)}</small>
      </td>
      <td>
        <Time at={key.expires_at} />
      </td>
      <td>
        {key.created_by ? texts[key.created_by.kind === 'user' ? 'user' : 'key'] : texts.operator}
        <br />
        <small class="muted">
          <Time at={key.created_at} />
        </small>
      </td>
      <td>
        <span class="row">
          {!isRotating && mayCall(me, 'rotateApiKey') && <KeyLink of={key} what="rotate" />}
          {!isRotating && mayCall(me, 'updateApiKey') && <KeyLink of={key} what="change" />}
          {mayCall(me, 'deleteApiKey') && <KeyLink of={key} what="delete" />}
        </span>
      </td>
    </tr>
  );
}

const KeyLink = ({ of: { client_id, name }, what }: { of: ApiKey; what: 'rotate' | 'change' | 'delete' }) => (
  <a href={linkTo('api-keys', client_id, { [what]: '' })} aria-label={`${texts[what]} ${name}`}>
    {texts[what]}
  </a>
);

function KeyState({ of: { status, replaced_by, replaces } }: { of: ApiKey }) {
  if (status === 'expired') return <span class="badge danger">{texts.expired}</span>;
  if (replaced_by !== undefined) return <span class="badge warn">{texts.beingReplaced}</span>;
  if (replaces !== undefined) return <span class="badge ok">{texts.successor}</span>;
  return null;
}
