/** Where a webhook may lead: to the public internet only, whatever the address looks like, whatever a name means (OWASP API7). */
import { expect } from 'chai';
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { isForbiddenHost } from '../../src/outside/request-outside.ts';
import { resolveByDns } from '../../src/outside/pinned-lookup.ts';
import { send } from '../../src/webhooks/send.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { makeCertificate } from '../outside-clients/certificate.ts';
import { serveNames, type NameServer } from '../outside/name-server.ts';
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts';

const inProduction = { allowsLoopback: false };

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

describe('what webhooks may reach', () => {
  let receiver: Receiver;
  const nameServers: NameServer[] = [];
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());
  afterEach(() => Promise.all(nameServers.splice(0).map((server) => server.close())));

  const at = (host: string) => receiver.url.replace('127.0.0.1', host);
  async function namesThat(answer: Parameters<typeof serveNames>[0]) {
    const server = await serveNames(answer);
    nameServers.push(server);
    return server;
  }
  const post = (url: string, rules: object = {}) =>
    send(url, '{}', { 'webhook-id': 'x' }, { ...inProduction, timeoutMs: 60_000, ...rules });

  const forbidden = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0.0.0.0',
    '0',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '10.0.0.1',
    '167772161',
    '012.0.0.1',
    '0xa.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '[::ffff:10.0.0.1]',
    '[fd00::1]',
    '[fc00::1]',
    '[fec0::1]',
    '127.0.0.1.',
    '169.254.169.254',
    '2852039166',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[::ffff:169.254.169.254]',
  ];
  for (const host of forbidden)
    it(`not ${host}`, async () => {
      const before = receiver.received.length;
      expect(isForbiddenHost(new URL(`https://${host}/`), inProduction)).to.equal(true);
      expect(await post(at(host))).to.include({ error: 'address_refused' });
      expect(receiver.received).to.have.length(before);
    });

  it('nothing but this machine more in development', async () => {
    const dev = { allowsLoopback: true };
    expect(await post(at('127.0.0.1'), dev)).to.include({ status: 204 });
    expect(await post(at('localhost'), dev)).to.include({ status: 204 });
    for (const host of ['10.0.0.1', '169.254.169.254', '192.168.1.1', '[fe80::1]', '0.0.0.0'])
      expect(await post(at(host), dev), host).to.include({ error: 'address_refused' });
  });

  it('no name that means a private address, also beside a public one', async () => {
    for (const addresses of [
      ['10.0.0.1'],
      ['127.0.0.1'],
      ['169.254.169.254'],
      ['93.184.216.34', '127.0.0.1'],
    ]) {
      const names = await namesThat(() => addresses);
      const before = receiver.received.length;
      const outcome = await post(at('hooks.example'), { resolve: resolveByDns([names.address]) });
      expect(outcome, addresses.join()).to.include({ error: 'address_refused' });
      expect(names.asked()).to.equal(1);
      expect(receiver.received).to.have.length(before);
    }
  });

  it('and what keeps an answer from coming is said: name, connection, certificate or time', async () => {
    const dev = { allowsLoopback: true };
    const names = await namesThat(() => []);
    const certificate = await makeCertificate();
    const secure = createHttpsServer(certificate.tls);
    const silent = createServer();
    const rude = createServer((socket) => void socket.destroy());
    try {
      const [https, plain, none] = await Promise.all([secure, silent, rude].map(listening));
      const cases: [what: string, reason: string, url: string, rules?: object][] = [
        ['unreachable', 'name', 'https://hooks.example/', { resolve: resolveByDns([names.address]) }],
        ['unreachable', 'certificate', `https://127.0.0.1:${https}/`],
        ['unreachable', 'certificate', receiver.url.replace('http:', 'https:')],
        ['unreachable', 'connection', `http://127.0.0.1:${none}/`],
        ['unreachable', 'connection', `http://127.0.0.1:${await anyFreePort()}/`],
        ['timeout', 'time', `http://127.0.0.1:${plain}/`, { timeoutMs: 100 }],
      ];
      for (const [error, reason, url, rules] of cases)
        expect(await post(url, { ...dev, ...rules }), url).to.include({ error, reason });
    } finally {
      for (const server of [secure, silent, rude]) server.close();
      await certificate.remove();
    }
  });

  it('the very address that was looked at, whatever the name means a moment later', async () => {
    // Loopback stands for the good address here.
    const names = await namesThat((asked) => (asked === 0 ? ['127.0.0.1'] : ['10.0.0.1']));
    const rules = { allowsLoopback: true, resolve: resolveByDns([names.address]) };
    expect(await post(at('rebinding.example'), rules)).to.include({ status: 204 });
    expect(names.asked()).to.equal(1);
    // The control: each message is looked up anew, and that is what the name means by now.
    expect(await post(at('rebinding.example'), rules)).to.include({ error: 'address_refused' });
  });
});
