/** Authenticates the caller. Public operations skip this. */
import { readCredential } from '../../authentication/credential.ts';
import { authorize } from '../../authorization/authorize.ts';
import { Problem } from '../../problem.ts';
import { createStanding } from '../streams/standing.ts';
import type { Step } from '../state.ts';

export const authenticate: Step = async (ctx, next) => {
  const { matched, services } = ctx.state;
  const { security, isOpen } = matched.description;
  if (security.size > 0) {
    ctx.set('Cache-Control', 'no-store');
    const credential = readCredential(ctx.req.rawHeaders, ctx.query['access_token'] !== undefined);
    if (!credential && isOpen) return next();
    if (!credential) throw new Problem('authentication_required', { internal: 'no credential' });
    ctx.state.presentedScheme = credential.scheme;
    if (services.registrationCredentials.concerns(security)) {
      ctx.state.principal = await services.registrationCredentials.admit(
        credential,
        ctx.state.path['client_id'],
      );
      return next();
    }
    const admission = await services.authenticator.authenticate(credential, {
      method: ctx.method,
      url: () => services.publicUrl + ctx.path,
      address: () => ctx.ip,
      isAddressKnown: ctx.state.isAddressKnown,
    });
    ctx.state.principal = admission.principal;
    ctx.state.standing = createStanding({
      admission,
      registry: services.registry,
      authorize: (principal) => authorize(matched.description, principal, ctx.state.path),
    });
    if (admission.inGrace) {
      ctx.state.inGrace = true;
      services.metrics.countGraceRequest();
    }
  }
  await next();
};
