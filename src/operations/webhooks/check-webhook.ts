/** Validation of a webhook beyond its schema. */
import { otherEventTypes } from '../../events/event.ts';
import { isForbiddenHost } from '../../outside/request-outside.ts';
import { Problem, type FieldError } from '../../problem.ts';
import type { Services } from '../../services.ts';

/** @throws Problem `invalid_body` */
export function checkWebhook(
  { contract, config }: Pick<Services, 'config' | 'contract'>,
  { url, event_types = [] }: { url?: string; event_types?: readonly string[] },
): void {
  const errors: FieldError[] = [];
  const wrong = (pointer: string, code: string, message: string) =>
    errors.push({ in: 'body', pointer, code, message });
  const fault = url === undefined ? undefined : faultOf(url, config.WEBHOOKS_TO_LOOPBACK);
  if (fault) wrong('/url', ...fault);
  event_types.forEach((type, index) => {
    const isKnown = contract.eventTypes.has(type) || otherEventTypes.includes(type);
    if (!isKnown) wrong(`/event_types/${index}`, 'unknown_event_type', 'is not an event type');
  });
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
}

/** The host's addresses are checked on every delivery, when the name is resolved. */
function faultOf(text: string, allowsLoopback: boolean): [code: string, message: string] | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '')
    return ['invalid_url', 'must be a URL without credentials and fragment'];
  if (url.protocol !== 'https:' && !(allowsLoopback && url.protocol === 'http:'))
    return ['not_https', 'must be an https URL'];
  if (isForbiddenHost(url, { allowsLoopback }))
    return ['address_not_public', 'must be at an address of the public internet'];
  return undefined;
}
