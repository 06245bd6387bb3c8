/**
 * Baseline: the API itself, every step of it, but that its contract lets anybody call `GET /v1/me`, and that the caller is made up.
 * What is left out is authentication and authorization, and nothing else.
 */
import Koa, { type Middleware } from 'koa';
import type { State } from '../../../src/http/state.ts';
import { steps } from '../../../src/http/steps/index.ts';
import type { Principal } from '../../../src/principal.ts';
import { contract, openOwnServices, publicUrl, serve } from './own-api.ts';

contract.operations.get('getMe')!.security.clear();
const { services, close } = await openOwnServices();
const me = JSON.parse(process.env['BENCH_BODY']!) as Record<string, string> & { scopes: string[] };
const principal: Principal = {
  kind: 'tenant',
  tenantId: me['tenant_id']!,
  clientId: me['client_id']!,
  scopes: me.scopes,
};

const enterCaller = ((ctx, next) => {
  ctx.state.principal = principal;
  return next();
}) as Middleware<State>;
const way = steps({ ...services, publicUrl });
// After `authorize`, which lets nobody by whom the contract does not name; before the handler, the last step.
way.splice(-1, 0, enterCaller);
const app = new Koa<State>();
for (const step of way) app.use(step);
serve(app, close);
