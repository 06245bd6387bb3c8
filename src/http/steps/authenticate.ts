/** Who is calling? On operations that anybody may call, nobody is asked. */
import { readCredential } from '../../authentication/credential.ts';
import { Problem } from '../../problem.ts';
import type { Step } from '../state.ts';

export const authenticate: Step = async (ctx, next) => {
  const { matched, services } = ctx.state;
  if (matched.description.security.size > 0) {
    const credential = readCredential(ctx.req.rawHeaders, ctx.query['access_token'] !== undefined);
    if (!credential) throw new Problem('authentication_required');
    ctx.state.presentedScheme = credential.scheme;
    const admission = await services.authenticator.authenticate(credential, {
      method: ctx.method,
      url: () => services.publicUrl + ctx.path,
      address: () => ctx.ip,
    });
    ctx.state.principal = admission.principal;
    if (admission.inGrace) {
      ctx.state.inGrace = true;
      services.metrics.countGraceRequest();
    }
    ctx.set('Cache-Control', 'no-store');
  }
  await next();
};
