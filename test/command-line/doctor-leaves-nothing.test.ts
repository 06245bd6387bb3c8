/** `trivium doctor` that is interrupted, killed, or fails half-way; and a person who signs in. */
import { expect } from 'chai';
import { walk } from '../../src/start/sign-in.ts';
import { until } from '../support/api-keys.ts';
import { WORLD_MS } from '../support/world.ts';
import { DoctorDesk, examined } from './doctor-desk.ts';

const RUN_MS = 180_000;
const MADE = /Made a throw-away/;

describe('trivium doctor, half-way', function () {
  this.timeout(RUN_MS);
  let desk: DoctorDesk;
  let empty: string;
  before(async function () {
    this.timeout(WORLD_MS);
    desk = await DoctorDesk.open();
    empty = (await desk.atAuthority()).join('\n');
  });
  afterEach(() => desk.own.control.clearFaults());
  after(() => desk.close());

  const left = async () => (await desk.atAuthority()).join('\n');
  /** API keys are refused at once, and their clients deleted soon after. */
  const untilNothingIsLeft = () => until(async () => (await left()) === empty);

  for (const [args, what] of [
    [[], 'tenant'],
    [['--tenant', 'acme'], 'key'],
  ] as const) {
    it(`removes its ${what} when it is interrupted`, async () => {
      const running = desk.start([...args]);
      await running.untilSaid(MADE);
      // As npm does, which forwards what the terminal has sent already.
      running.kill('SIGINT');
      running.kill('SIGINT');
      const { code, stdout, stderr } = await running.ended;
      expect([code, stdout]).to.deep.equal([130, '']);
      expect(stderr).to.include('What was made is removed.\nInterrupted.');
      await untilNothingIsLeft();
    });

    it(`removes the ${what} of an earlier run that was killed`, async () => {
      const running = desk.start([...args]);
      await running.untilSaid(MADE);
      running.kill('SIGKILL');
      await running.ended;
      expect(await left()).not.to.equal(empty);
      const { code, codes } = await desk.examine([...args]);
      expect([code, codes]).to.deep.equal([0, []]);
      await untilNothingIsLeft();
    });
  }

  it('removes the app of an earlier run that was killed', async () => {
    const running = desk.start(['--tenant', 'acme', '--json']);
    await running.untilSaid(/Registered a throw-away app/);
    running.kill('SIGKILL');
    await running.ended;
    expect(await left()).to.include('Trivium doctor');
    const { codes, stderr } = await desk.examine(['--tenant', 'acme']);
    expect(codes).to.deep.equal([]);
    expect(stderr).to.include('Removing an app that an earlier run left.');
    await untilNothingIsLeft();
  });

  it('leaves a tenant alone that another run uses', async () => {
    const first = desk.start(['--user', 'ann@initech.example']);
    await first.untilSaid(MADE);
    const { codes } = await desk.examine();
    expect(codes).to.deep.equal([]);
    expect(await left()).to.include('doctor-');
    first.kill('SIGTERM');
    expect((await first.ended).code).to.equal(143);
    await untilNothingIsLeft();
  });

  it('removes what it made when the authority fails half-way', async () => {
    await desk.own.control.addFault({
      method: 'POST',
      path: '/api/v2/client-grants',
      effect: { kind: 'answer', status: 403, body: { statusCode: 403, error: 'Forbidden', message: 'no' } },
    });
    const { code, codes } = await desk.examine();
    expect(code).to.equal(1);
    expect(codes).to.include('throw_away_failed');
    await desk.own.control.clearFaults();
    await untilNothingIsLeft();
  });

  it('says so when Auth0 allows fewer applications than APPLICATION_LIMIT', async () => {
    const message = 'You reached the limit of entities of this type for this tenant.';
    await desk.own.control.addFault({
      method: 'POST',
      path: '/api/v2/clients',
      effect: {
        kind: 'answer',
        status: 403,
        body: { statusCode: 403, error: 'Forbidden', message, errorCode: 'too_many_entities' },
      },
    });
    const { code, report } = await desk.examine();
    await desk.own.control.clearFaults();
    expect(code).to.equal(1);
    const found = report.findings.find((one) => one.code === 'applications_exhausted');
    expect(found?.what).to.include('a tenant was not created: 503 application_limit_reached');
    expect(found?.fix).to.include('APPLICATION_LIMIT');
    await untilNothingIsLeft();
  });

  it('has a person sign in, as a user and by an app', async () => {
    const email = 'ann@initech.example';
    const password = 'Correct-Horse-42!';
    const running = desk.start(['--user', email, '--json']);
    const address = async (pattern: RegExp) => {
      let found = '';
      await running.untilSaid(pattern);
      found = pattern.exec(running.said())?.[1] ?? '';
      return new URL(found);
    };
    const ticket = await address(/password .*\n\s+(http\S+)/);
    const set = await fetch(ticket, {
      method: 'POST',
      body: new URLSearchParams({ password, 'confirm-password': password }),
    });
    expect(set.ok).to.equal(true);
    for (const whose of ['the user', 'the app']) {
      const start = await address(new RegExp(`\\(${whose}\\):\\n\\s+(http\\S+)`));
      const callback = start.searchParams.get('redirect_uri') ?? '';
      const end = await walk(start, callback, { username: email, password });
      expect((await fetch(end)).status).to.equal(200);
    }
    const { code, codes, report } = examined(await running.ended);
    expect([code, codes]).to.deep.equal([0, []]);
    expect(report.proved).to.include.members(['/v1/me knows the user', '/v1/me knows the app']);
    await untilNothingIsLeft();
  });
});
