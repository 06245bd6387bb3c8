import { newId } from '../../random-ids.ts';
import type { EventStream } from '../../store/account-records.ts';
import { canonicalDomain } from '../custom-domains/new-custom-domain.ts';

export type EventStreamInput = Partial<EventStream>;

export function newEventStream(input: EventStreamInput, now: number, issuer: string): EventStream {
  const at = new Date(now).toISOString();
  const { destination = { type: 'webhook', configuration: {} } } = input;
  return {
    id: newId.eventStream(),
    status: 'enabled',
    name: '',
    subscriptions: [],
    created_at: at,
    updated_at: at,
    ...input,
    destination: destination.type === 'eventbridge' ? atPartner(destination, issuer) : destination,
  };
}

function atPartner(
  { type, configuration }: EventStream['destination'],
  issuer: string,
): EventStream['destination'] {
  const source = `aws.partner/auth0.com/${canonicalDomain(issuer)}-${newId.action()}/auth0.events`;
  return { type, configuration: { ...configuration, aws_partner_event_source: source } };
}
