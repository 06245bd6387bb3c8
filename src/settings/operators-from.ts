/** Where people who operate the deployment sign in: `connection:NAME` or `organization:ID`. */
import { ConfigFault } from './config-fault.ts';
import { connectionName } from './connection-name.ts';

/** The value of the claim `operator_of` of their tokens: a connection's name, or an organization's id. */
export interface OperatorsFrom {
  readonly kind: 'connection' | 'organization';
  readonly id: string;
}

export const OPERATORS_FORMS = '`connection:NAME` or `organization:ID`';

export function operatorsFrom(text: string): OperatorsFrom {
  const [, kind, id = ''] = /^(connection|organization):(.+)$/.exec(text) ?? [];
  if (kind === 'connection') return { kind, id: connectionName(id) };
  if (kind === 'organization' && /^org_[A-Za-z0-9]{1,64}$/.test(id)) return { kind, id };
  throw new ConfigFault(`must be ${OPERATORS_FORMS.replaceAll('`', '')}`);
}
