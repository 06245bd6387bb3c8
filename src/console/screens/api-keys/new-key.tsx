import { useId, useState } from 'preact/hooks';
import { call } from '../../api.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopeChoice } from '../../components/scope-choice.tsx';
import { useMe } from '../../me.ts';
import type { NewApiKey } from './key.ts';
import { texts } from './texts.ts';

type Preset = keyof typeof texts.newKey.presets;

const isReading = (scope: string) => scope.startsWith('read:');

interface NewKeyProps {
  created: (key: NewApiKey) => void;
  onClose: () => void;
}

export function NewKey({ created, onClose }: NewKeyProps) {
  const { scopes: held } = useMe();
  const [preset, setPreset] = useState<Preset>('read');
  const [custom, setCustom] = useState<string[]>([]);
  const [name, setName] = useState('');
  const [expires, setExpires] = useState('');
  const [addresses, setAddresses] = useState('');
  const presetName = useId();
  // One key for each form: a second press of a slow one makes no second key.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const scopes = { all: [...held], read: held.filter(isReading), custom }[preset];
  const ranges = addresses.split(/[\s,]+/).filter((one) => one !== '');
  const perform = async () => {
    const body = {
      name,
      scopes,
      ...(expires !== '' && { expires_at: new Date(expires).toISOString() }),
      ...(ranges.length > 0 && { allowed_addresses: ranges }),
    };
    const headers = { 'Idempotency-Key': idempotencyKey };
    created(await call<NewApiKey>('POST', '/v1/tenant/api-keys', { body, headers }));
  };
  const { newKey } = texts;
  return (
    <FormDialog
      title={newKey.title}
      action={newKey.create}
      isReady={scopes.length > 0}
      perform={perform}
      onClose={onClose}
    >
      <p class="field">
        <label>
          {newKey.name} <small>{newKey.nameHint}</small>
          <input
            required
            maxLength={100}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
      </p>
      <fieldset>
        <legend>{newKey.may}</legend>
        {Object.entries(newKey.presets).map(([value, text]) => (
          <label key={value} class="choice">
            <input
              type="radio"
              name={presetName}
              checked={preset === value}
              onChange={() => setPreset(value as Preset)}
            />{' '}
            {text}{' '}
          </label>
        ))}
      </fieldset>
      {preset === 'custom' && (
        <ScopeChoice legend={newKey.presets.custom} offered={held} chosen={custom} onChange={setCustom} />
      )}
      <p class="field">
        <label>
          {newKey.expires} <small>{newKey.expiresHint}</small>
          <input
            type="datetime-local"
            value={expires}
            onInput={({ currentTarget }) => setExpires(currentTarget.value)}
          />
        </label>
      </p>
      <p class="field">
        <label>
          {newKey.addresses} <small>{newKey.addressesHint}</small>
          <input value={addresses} onInput={({ currentTarget }) => setAddresses(currentTarget.value)} />
        </label>
      </p>
    </FormDialog>
  );
}
