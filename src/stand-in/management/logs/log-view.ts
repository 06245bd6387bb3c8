import type { LogEvent } from '../../store/records.ts';
import type { Call } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';

/** An event with every member that Auth0 shows (recorded). */
export function logView({ query, issuer }: Call): (event: LogEvent) => object {
  const choose = chosenFields(query);
  const { host } = new URL(issuer);
  return ({ log_id, date, type, ...rest }) => {
    // Recorded: what the Management API did itself has neither a user nor a host; only token requests have one.
    const isOperation = type === 'sapi';
    const none = isOperation ? null : '';
    return choose({
      _id: log_id,
      log_id,
      date,
      type,
      description: '',
      connection: null,
      connection_id: none,
      organization_id: null,
      organization_name: null,
      client_id: '',
      client_name: '',
      ip: '127.0.0.1',
      hostname: isOperation || type === 'ss' ? null : host,
      details: null,
      user_id: none,
      user_name: none,
      user_agent: '',
      audience: null,
      strategy: null,
      strategy_type: null,
      isMobile: false,
      location_info: null,
      ...rest,
    });
  };
}
