/** The keys of the tenant: create, change, rotate with an overlap, delete. */
import { useState } from 'preact/hooks';
import type { Schema } from '../../api.ts';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { mayCall, useMe } from '../../me.ts';
import { useResource } from '../../resource.ts';
import { goTo, linkTo, type Place } from '../../router.ts';
import { ChangeKey } from './change-key.tsx';
import { DeleteKey } from './delete-key.tsx';
import type { NewApiKey } from './key.ts';
import { KeyTable } from './key-table.tsx';
import { NewKey } from './new-key.tsx';
import { RotateKey } from './rotate-key.tsx';
import { Rotation } from './rotation.tsx';
import { Secret } from './secret.tsx';
import { texts } from './texts.ts';

const close = () => goTo(linkTo('api-keys'));

export default function ApiKeys({ place }: { place: Place }) {
  const me = useMe();
  const list = useResource<Schema<'ApiKeyList'>>('/v1/tenant/api-keys');
  // Only here: no link, and nothing stored, shows it again.
  const [created, setCreated] = useState<NewApiKey>();
  const show = (key: NewApiKey) => {
    setCreated(key);
    close();
    void list.reload();
  };
  const changed = async () => {
    close();
    await list.reload();
  };
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        {mayCall(me, 'createApiKey') && (
          <button
            type="button"
            class="primary"
            onClick={() => goTo(linkTo('api-keys', undefined, { new: '' }))}
          >
            {texts.create}
          </button>
        )}
      </div>
      <p class="lead">{texts.lead}</p>
      <Loaded of={list}>
        {({ api_keys: keys }) => {
          const chosen = keys.find(({ client_id }) => client_id === place.id);
          const what = place.query;
          return (
            <>
              {keys.length === 0 && <Empty title={texts.none}>{texts.noneNext}</Empty>}
              {keys
                .filter(({ replaced_by }) => replaced_by !== undefined)
                .map((key) => (
                  <Rotation
                    key={key.client_id}
                    old={key}
                    successor={keys.find(({ client_id }) => client_id === key.replaced_by)}
                    changed={changed}
                  />
                ))}
              {keys.length > 0 && <KeyTable keys={keys} />}
              {created && <Secret created={created} onClose={() => setCreated(undefined)} />}
              {what.has('new') && <NewKey created={show} onClose={close} />}
              {chosen && what.has('rotate') && <RotateKey of={chosen} created={show} onClose={close} />}
              {chosen && what.has('change') && <ChangeKey of={chosen} changed={changed} onClose={close} />}
              {chosen && what.has('delete') && <DeleteKey of={chosen} changed={changed} onClose={close} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
