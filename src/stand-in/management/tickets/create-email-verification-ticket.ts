import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { TICKET_PROPERTIES, ticketAnswer, type TicketInput } from './new-ticket.ts';

export const createEmailVerificationTicketEndpoint: Endpoint = {
  method: 'POST',
  path: '/tickets/email-verification',
  scopes: ['create:user_tickets'],
  hasLinks: true,
  logAs: 'Create an email verification ticket',
  answer: (call: Call) => {
    const input: TicketInput = checkBody(call.body, { required: ['user_id'], properties: TICKET_PROPERTIES });
    return ticketAnswer(call, 'email-verification', input.user_id, input);
  },
};
