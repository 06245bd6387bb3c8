/** How what is half-made is found and undone, without an authority. */
import { expect } from 'chai';
import { findAppClients, findKeyClients, findWebApps } from '../../../workers/relay/find-marked-clients.ts';
import { orDelete } from '../../../workers/relay/remove-client.ts';

describe('what is half-made', () => {
  /** In pages, as the authority gives them. */
  const listed = (metadata: (Record<string, unknown> | undefined)[]) => {
    const clients = metadata.map((client_metadata, at) => ({ client_id: `c${at}`, client_metadata }));
    const list = (page: number, perPage: number) =>
      Promise.resolve(clients.slice(page * perPage, (page + 1) * perPage));
    return { listMachineClients: list, listThirdPartyClients: list, listWebApps: list } as never;
  };

  for (const [what, mark, find] of [
    ['an API key', 'key_id', (from: never) => findKeyClients(from, ['wanted', 'wanted too'])],
    ['an app', 'registration_id', (from: never) => findAppClients(from, ['wanted', 'wanted too'])],
    ['a web app', 'made_by', (from: never) => findWebApps(from, 'wanted')],
  ] as const)
    it(`is found on any page by the id that made it: ${what}`, async () => {
      const others = Array.from({ length: 199 }, (_, at) => ({ [mark]: `other ${at}` }));
      const strange = [undefined, {}, { [mark]: undefined }, { [mark]: ['wanted'] }, { other: 'wanted' }];
      const found = await find(listed([...strange, ...others, { [mark]: 'wanted' }]));
      expect(found.map(({ client_id }) => client_id)).to.deep.equal(['c204']);
      expect(await find(listed([]))).to.deep.equal([]);
    });

  for (const [what, complete, isDeletable, happened, ends] of [
    ['stays when it is completed', () => Promise.resolve('done'), true, ['settled'], 'done'],
    [
      'goes when it is not',
      () => Promise.reject(new Error('refused')),
      true,
      ['deleted', 'settled'],
      'refused',
    ],
    [
      'is left to the upkeep when it cannot go',
      () => Promise.reject(new Error('refused')),
      false,
      [],
      'away',
    ],
  ] as const)
    it(`${what}`, async () => {
      const did: string[] = [];
      const deleteClient = (): Promise<void> => {
        if (!isDeletable) return Promise.reject(new Error('away'));
        did.push('deleted');
        return Promise.resolve();
      };
      const settled = () => Promise.resolve(void did.push('settled'));
      const end = orDelete({ deleteClient }, 'c0', complete, settled);
      expect(await end.catch((error: Error) => error.message)).to.equal(ends);
      expect(did).to.deep.equal(happened);
    });
});
