import { useState } from 'preact/hooks';
import { call } from '../../api.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopeChoice } from '../../components/scope-choice.tsx';
import { useMe } from '../../me.ts';
import type { ApiKey } from './key.ts';
import { texts } from './texts.ts';

interface ChangeKeyProps {
  of: ApiKey;
  changed: () => Promise<void>;
  onClose: () => void;
}

/** Name and scopes: those that the key has, and those that I hold. */
export function ChangeKey({ of: key, changed, onClose }: ChangeKeyProps) {
  const { scopes: held } = useMe();
  const [name, setName] = useState(key.name);
  const [scopes, setScopes] = useState<string[]>([...key.scopes]);
  const perform = async () => {
    await call('PATCH', `/v1/tenant/api-keys/${encodeURIComponent(key.client_id)}`, {
      body: { name, scopes },
    });
    await changed();
  };
  return (
    <FormDialog
      title={texts.edit.title}
      action={texts.edit.save}
      isReady={scopes.length > 0}
      perform={perform}
      onClose={onClose}
    >
      <p class="field">
        <label>
          {texts.newKey.name}
          <input
            required
            maxLength={100}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
      </p>
      <ScopeChoice
        legend={texts.newKey.may}
        offered={[...new Set([...key.scopes, ...held])]}
        chosen={scopes}
        onChange={setScopes}
      />
      <p class="muted">{texts.edit.lost}</p>
    </FormDialog>
  );
}
