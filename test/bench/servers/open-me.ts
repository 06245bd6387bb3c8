/**
 * Baseline: the API itself, every step of it, but that its contract lets anybody call `GET /v1/me`, and that the caller is made up.
 * What is left out is authentication and authorization, and nothing else.
 */
import { createApp } from '../../../src/http/app.ts';
import type { Step } from '../../../src/http/state.ts';
import { pipeline, stepsOf } from '../../../src/http/steps/index.ts';
import { limitRequests } from '../../../src/http/steps/limit-requests.ts';
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

const enterCaller: Step = (ctx) => {
  ctx.state.principal = principal;
};
const all = { ...services, publicUrl };
// First: the made-up caller's is no anonymous request.
const open = pipeline(all, (operation, parts) => [enterCaller, limitRequests, ...stepsOf(operation, parts)]);
serve(createApp(all, open), close);
