/** `trivium doctor`: asks, proves with throw-away things, removes them whatever happens, and reports. */
import { SetupFailure } from '../setup/failure.ts';
import type { Environment } from '../setup/access-token.ts';
import { checkAuthorization, registerApp, removeLeftApps } from './checks/app.ts';
import { checkFacts } from './checks/facts.ts';
import { checkKey } from './checks/key.ts';
import { checkMetadata } from './checks/metadata.ts';
import { checkSignIn, openLoopback, type Loopback } from './checks/sign-in.ts';
import { makeKey, makeTenant, removeLeftovers, type Remove, type ThrowAway } from './checks/throw-away.ts';
import type { Doctor, DoctorOptions } from './doctor.ts';
import { finding, type Finding } from './finding.ts';
import { readPlaces } from './read-settings.ts';
import type { Report } from './report.ts';

const REDIRECT_URI = 'http://127.0.0.1/callback';

/** @throws SetupFailure for wrong arguments; the reason of the signal */
export async function runDoctor(
  options: DoctorOptions,
  env: Environment,
  { signal, say }: { signal: AbortSignal; say: (text: string) => void },
): Promise<Report> {
  if (!/^\d+$/.test(options.tokenQuota))
    throw new SetupFailure('usage', ['--token-quota must be a number: of tokens a month.']);
  const { operatorToken, ...places } = readPlaces(options, env);
  const [proved, findings]: [string[], Finding[]] = [[], []];
  const report: Report = { url: places.url, account: places.authority, proved, findings };
  const operator = await operatorToken().catch((error: unknown) => {
    if (!(error instanceof SetupFailure) || error.ending === 'usage') throw error;
    findings.push(finding('operator_token_refused', error.message.split('\n')[0] ?? ''));
    return undefined;
  });
  if (operator === undefined) return report;
  proved.push("the operator's token can be had");
  await examine({
    ...places,
    operator: `Bearer ${operator}`,
    options,
    signal,
    say,
    proved: (what) => proved.push(what),
    found: (...some) => findings.push(...some),
  });
  return report;
}

async function examine(doctor: Doctor): Promise<void> {
  const canProve = await checkFacts(doctor);
  await checkMetadata(doctor);
  if (!canProve) return;
  await removeLeftApps(doctor);
  await removeLeftovers(doctor);
  doctor.signal.throwIfAborted();
  const removals: Remove[] = [];
  const loopback = doctor.options.user === undefined ? undefined : await openLoopback();
  try {
    await prove(doctor, loopback, (remove) => removals.push(remove));
  } finally {
    loopback?.close();
    const outcomes: boolean[] = [];
    for (const remove of removals.reverse()) outcomes.push(await remove());
    const isLeft = outcomes.includes(false);
    if (isLeft) doctor.found(finding('left_behind', 'not all that was made could be removed'));
    // There will be no report.
    if (doctor.signal.aborted)
      doctor.say(isLeft ? 'Not all could be removed; the next run does it.' : 'What was made is removed.');
  }
}

async function prove(
  doctor: Doctor,
  loopback: Loopback | undefined,
  willRemove: (remove: Remove) => void,
): Promise<void> {
  const { options, tenantKey, signal } = doctor;
  const made =
    tenantKey !== undefined && options.tenant !== undefined
      ? await makeKey(doctor, options.tenant, tenantKey, willRemove)
      : await makeTenant(doctor, loopback?.callback, willRemove);
  if (made) doctor.say(`Made a throw-away ${tenantKey === undefined ? `tenant, ${made.tenantId}` : 'key'}.`);
  signal.throwIfAborted();
  if (made) await checkKey(doctor, made);
  signal.throwIfAborted();
  const app = await registerApp(doctor, loopback?.callback ?? REDIRECT_URI, willRemove);
  signal.throwIfAborted();
  if (app) await checkAuthorization(doctor, app);
  if (!loopback || !made) return;
  await signInAsUser(doctor, loopback, made);
  if (app) {
    const authorize = `${doctor.url}/oauth/authorize`;
    const { clientId, redirectUri } = app;
    const scope = 'openid read:users';
    await checkSignIn(
      doctor,
      loopback,
      { whose: 'the app', kind: 'app', authorize, clientId, redirectUri, scope },
      made,
    );
  }
}

async function signInAsUser(doctor: Doctor, loopback: Loopback, made: ThrowAway): Promise<void> {
  const { webApp: clientId, passwordUrl } = made;
  if (clientId === undefined) return;
  if (passwordUrl !== undefined) {
    doctor.say(`First choose a password for ${doctor.options.user} of the throw-away tenant:`);
    doctor.say(`  ${passwordUrl}`);
  }
  const authorize = `${doctor.authority}authorize`;
  const user = { whose: 'the user', kind: 'user', authorize, clientId, scope: 'openid' } as const;
  await checkSignIn(doctor, loopback, { ...user, redirectUri: loopback.callback }, made);
}
