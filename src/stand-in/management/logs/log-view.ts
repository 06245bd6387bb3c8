import type { LogEvent } from '../../store/records.ts';
import type { Call } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';

export function logView({ query, issuer }: Call): (event: LogEvent) => object {
  const choose = chosenFields(query);
  const { host } = new URL(issuer);
  return (event) => choose(shownEvent(event, host));
}

/** An event with every member that Auth0 shows (recorded). */
export function shownEvent({ log_id, date, type, ...rest }: LogEvent, host: string): object {
  // Recorded: what the Management API did itself has no user, and only token requests have a host.
  const isOperation = type === 'sapi';
  const none = isOperation ? null : '';
  return {
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
  };
}
