/** What tells a service who calls. */
import { principalFields } from '../../gateway/principal-fields.ts';
import { PRINCIPAL_FIELD, type PrincipalTokens } from '../../gateway/principal-token.ts';
import type { ServiceOperation } from '../../gateway/service.ts';
import { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';

/** @returns header fields for one request: alternately a name and its value */
export const identify =
  (operation: ServiceOperation, tokens: PrincipalTokens) =>
  ({ state: { principal } }: Context): string[] => {
    // Operations of services are open to callers of a tenant only.
    if (!principal || !('tenantId' in principal))
      throw new Problem('caller_not_allowed', { internal: 'it is of no tenant' });
    const fields = [PRINCIPAL_FIELD, tokens.issue(principal, operation)];
    if (operation.service.plainFields) fields.push(...principalFields(principal, operation.service));
    return fields;
  };
