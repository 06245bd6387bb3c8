import { newId } from '../../random-ids.ts';
import type { Ticket } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Rule } from '../body-rules.ts';
import type { Answer, Call } from '../endpoint.ts';

/** Auth0 docs, "Create password change ticket": five days. */
const SECONDS_DEFAULT = 432_000;

/** Members of both kinds of ticket (specified). */
export const TICKET_PROPERTIES: Record<string, Rule> = {
  user_id: { type: 'string' },
  client_id: { type: 'string' },
  organization_id: { type: 'string' },
  identity: { type: 'object' },
  result_url: { type: 'string', format: 'strict-uri' },
  ttl_sec: { type: 'integer', minimum: 0 },
  includeEmailInRedirect: { type: 'boolean' },
};

export interface TicketInput {
  user_id?: string;
  result_url?: string;
  ttl_sec?: number;
  includeEmailInRedirect?: boolean;
  mark_email_as_verified?: boolean;
}

/** The form of the URL is recorded: `…?ticket=…#`. */
export function ticketAnswer(
  { store, issuer, now }: Call,
  kind: Ticket['kind'],
  userId: string | undefined,
  input: TicketInput,
): Answer {
  if (userId === undefined || !store.users.has(userId))
    throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
  const { id } = store.tickets.put({
    id: newId.ticket(),
    kind,
    user_id: userId,
    ...(input.result_url !== undefined && { result_url: input.result_url }),
    mark_email_as_verified: input.mark_email_as_verified ?? kind === 'email-verification',
    include_email: input.includeEmailInRedirect ?? false,
    expires_at: now() + (input.ttl_sec || SECONDS_DEFAULT) * 1000,
  });
  const page = kind === 'password-change' ? 'reset-password' : 'email-verification';
  return { status: 201, body: { ticket: `${issuer}u/${page}?ticket=${id}#` } };
}
