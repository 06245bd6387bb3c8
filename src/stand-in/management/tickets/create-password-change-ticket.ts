import { inConnection } from '../../store/store.ts';
import { invalidBody } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { TICKET_PROPERTIES, ticketAnswer, type TicketInput } from './new-ticket.ts';

export const createPasswordChangeTicketEndpoint: Endpoint = {
  method: 'POST',
  path: '/tickets/password-change',
  scopes: ['create:user_tickets'],
  hasLinks: true,
  logAs: 'Create a password change ticket',
  answer: (call: Call) => {
    const input: TicketInput & { email?: string; connection_id?: string } = checkBody(call.body, {
      required: [],
      properties: {
        ...TICKET_PROPERTIES,
        email: { type: 'string', format: 'email' },
        connection_id: { type: 'string' },
        mark_email_as_verified: { type: 'boolean' },
      },
    });
    // Identified by id, or by email and connection (specified).
    if (input.user_id === undefined && (input.email === undefined || input.connection_id === undefined))
      throw invalidBody('Missing required property: user_id', undefined, 'OBJECT_REQUIRED');
    return ticketAnswer(call, 'password-change', input.user_id ?? userNamed(call, input), input);
  },
};

function userNamed(
  { store }: Call,
  { email = '', connection_id = '' }: { email?: string; connection_id?: string },
): string | undefined {
  const connection = store.connections.get(connection_id);
  const key = inConnection(connection?.name ?? '', email.toLowerCase());
  return store.users.first('connectionEmail', key)?.profile.user_id;
}
