export {
  principalOf,
  type AppPrincipal,
  type Principal,
  type TenantPrincipal,
  type UserPrincipal,
} from './principal.ts';
export { PrincipalError, type PrincipalErrorCode } from './principal-error.ts';
export {
  createPrincipalVerifier,
  type PrincipalVerifier,
  type PrincipalVerifierOptions,
} from './verifier.ts';
export { requireScopes } from './require-scopes.ts';
export { koaPrincipal } from './koa.ts';
export { expressPrincipal } from './express.ts';
export { fastifyPrincipal } from './fastify.ts';
