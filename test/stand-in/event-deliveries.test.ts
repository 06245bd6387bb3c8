/** Events of users reach the webhooks of event streams (Auth0 docs, "Events best practices"). */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, CONNECTION, operatorToken, PASSWORD, startStandIn } from './account.ts';
import { signIn } from './sign-in-as-spa.ts';

interface Received {
  authorization: string | undefined;
  event: { id: string; type: string; data: { object: { user_id: string; blocked?: boolean } } };
}

describe('stand-in: deliveries of events', () => {
  let standIn: StandIn;
  let token: string;
  let webhook: Server;
  let streamId: string;
  /** Statuses of the next answers; afterwards 204. */
  const answers: number[] = [];
  const received: Received[] = [];

  before(async () => {
    webhook = createServer((request: IncomingMessage, response) => {
      void json(request).then((event) => {
        received.push({ authorization: request.headers.authorization, event: event as Received['event'] });
        webhook.emit('received');
        response.writeHead(answers.shift() ?? 204).end();
      });
    }).listen(0, 'localhost');
    await once(webhook, 'listening');
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    standIn.controls.change({ eventRetryMs: 1 });
    const { body } = await call('POST', 'event-streams', {
      name: 'users',
      subscriptions: ['created', 'updated', 'deleted'].map((what) => ({ event_type: `user.${what}` })),
      destination: {
        type: 'webhook',
        configuration: {
          webhook_endpoint: `http://localhost:${(webhook.address() as AddressInfo).port}/events`,
          webhook_authorization: { method: 'bearer', token: 'shared' },
        },
      },
    });
    streamId = String(body['id']);
  });
  after(async () => {
    await standIn.close();
    webhook.closeAllConnections();
    webhook.close();
  });
  beforeEach(() => void received.splice(0));

  const call = (method: string, path: string, body?: unknown) =>
    callManagement(standIn, token, method, path, body);
  const untilReceived = async (count: number): Promise<Received[]> => {
    while (received.length < count) await once(webhook, 'received');
    return received;
  };
  const create = async (name: string): Promise<string> => {
    const { body } = await call('POST', 'users', {
      connection: CONNECTION,
      email: `${name}@example.com`,
      password: PASSWORD,
    });
    return String(body['user_id']);
  };
  /** Of the last one, once it has ended. */
  const lastAttempts = async (status: string): Promise<string[]> => {
    for (;;) {
      const { body } = await call('GET', `event-streams/${streamId}/deliveries?take=100`);
      const last = (body['deliveries'] as { status: string; attempts: { status: string }[] }[]).at(-1);
      if (last?.status === status) return last.attempts.map((one) => one.status);
    }
  };

  it('tell who was created, changed, blocked and deleted, whoever did it', async () => {
    const id = await create('eve');
    await call('PATCH', `users/${encodeURIComponent(id)}`, { blocked: true });
    await call('DELETE', `users/${encodeURIComponent(id)}`);
    const all = await untilReceived(3);
    const byType = Object.fromEntries(all.map(({ event }) => [event.type, event]));
    expect(Object.keys(byType)).to.have.members(['user.created', 'user.updated', 'user.deleted']);
    expect(byType['user.updated']!.data.object).to.include({ user_id: id, blocked: true });
    expect(all.map(({ authorization }) => authorization)).to.deep.equal(Array(3).fill('Bearer shared'));
    expect(new Set(all.map(({ event }) => event.id)).size).to.equal(3);
  });

  it('tell nothing of a sign-in', async () => {
    await signIn(standIn, { scope: 'openid' });
    await create('after');
    const [first] = await untilReceived(1);
    expect(first!.event.type).to.equal('user.created');
  });

  it('are repeated three times with the same id, and then failed', async () => {
    answers.push(500, 503, 500, 500);
    await create('unlucky');
    const all = await untilReceived(4);
    expect(new Set(all.map(({ event }) => event.id)).size).to.equal(1);
    expect(await lastAttempts('failed')).to.deep.equal(Array(4).fill('failed'));
  });

  it('are delivered by a later attempt, and not repeated when they are refused', async () => {
    answers.push(500);
    await create('later');
    await untilReceived(2);
    expect(await lastAttempts('delivered')).to.deep.equal(['failed', 'delivered']);
    answers.push(401);
    await create('refused');
    expect(await lastAttempts('failed')).to.deep.equal(['failed']);
  });

  it('are tried with a sample user (recorded), and made again when somebody asks', async () => {
    answers.push(403);
    const sent = await call('POST', `event-streams/${streamId}/test`, { event_type: 'user.updated' });
    expect([sent.status, sent.body['status'], sent.body['attempts']]).to.deep.equal([202, 'pending', []]);
    const [first] = await untilReceived(1);
    expect(first!.event).to.deep.include({ type: 'user.updated', a0purpose: 'test' });
    expect(await lastAttempts('failed')).to.deep.equal(['failed']);
    const again = await call('POST', `event-streams/${streamId}/redeliver/${first!.event.id}`);
    expect([again.status, again.body]).to.deep.equal([202, {}]);
    expect(await lastAttempts('delivered')).to.deep.equal(['failed', 'retrying', 'delivered']);
    const one = await call('GET', `event-streams/${streamId}/deliveries/${first!.event.id}`);
    expect(one.body).to.include({ id: first!.event.id, status: 'delivered' });
    expect(one.body['event']).not.to.have.property('a0purpose');
    expect((await call('POST', `event-streams/${streamId}/redeliver/evt_none`)).status).to.equal(404);
  });

  it('are none of a stream that is disabled', async () => {
    await call('PATCH', `event-streams/${streamId}`, { status: 'disabled' });
    await create('unseen');
    await call('PATCH', `event-streams/${streamId}`, { status: 'enabled' });
    await create('seen');
    const [first] = await untilReceived(1);
    expect(first!.event.data.object).to.include({ email: 'seen@example.com' });
  });
});
