/** Authenticates the caller of an operation that is not for everybody. */
import type { Admission } from '../../authentication/authenticator.ts';
import { readCredential, type Credential } from '../../authentication/credential.ts';
import { takesEventStreamToken, takesServiceSecret } from '../../contract/security.ts';
import { Problem } from '../../problem.ts';
import type { Context, Step } from '../state.ts';

export const authenticate: Step = (ctx) => authenticateBy(ctx, credentialOf(ctx));

/** What the request presents in `Authorization`. */
export const credentialOf = (ctx: Context): Credential | undefined =>
  readCredential(
    ctx.req.rawHeaders,
    ctx.querystring !== '' && ctx.query['access_token'] !== undefined,
    ctx.state.services.authenticator,
  );

export function authenticateBy(ctx: Context, credential: Credential | undefined): void | Promise<void> {
  const { matched, services } = ctx.state;
  const { security, isOpen } = matched.description;
  if (!credential) {
    if (isOpen) return undefined;
    throw new Problem('authentication_required', { internal: 'no credential' });
  }
  ctx.state.presentedScheme = credential.scheme;
  if (takesServiceSecret(security)) {
    ctx.state.principal = services.serviceCredentials.admit(credential, ctx.state.path['service'] ?? '');
    return undefined;
  }
  if (takesEventStreamToken(security)) {
    ctx.state.principal = services.eventStreamCredential.admit(credential);
    return undefined;
  }
  if (services.registrationCredentials.concerns(security)) return admitRegistration(ctx, credential);
  const admission = services.authenticator.authenticate(credential, new RequestPresentation(ctx));
  if (!(admission instanceof Promise)) return enter(ctx, admission);
  return admission.then((late) => enter(ctx, late));
}

async function admitRegistration({ state }: Context, credential: Credential): Promise<void> {
  const { registrationCredentials } = state.services;
  state.principal = await registrationCredentials.admit(credential, state.path['client_id']);
}

function enter({ state }: Context, admission: Admission): void {
  state.principal = admission.principal;
  state.admission = admission;
  if (!admission.inGrace) return;
  state.inGrace = true;
  state.services.metrics.countGraceRequest();
}

/** What few credentials need to know of their request. */
class RequestPresentation {
  readonly #ctx: Context;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  get method(): string {
    return this.#ctx.method;
  }
  url(): string {
    return this.#ctx.state.services.publicUrl + this.#ctx.path;
  }
  address(): string {
    return this.#ctx.ip;
  }
  get isAddressKnown(): boolean {
    return this.#ctx.state.isAddressKnown;
  }
}
