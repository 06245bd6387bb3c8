/**
 * Subprotocols of a WebSocket (RFC 6455 section 1.9) that are ours. Pages cannot set header fields of a handshake but this one,
 * so it carries their token. Services see none of them.
 */

/** Offered beside the token: browsers end a connection whose server has selected none of what they offered. */
const OWN = 'trivium';
/** Before an access token, all of whose characters a subprotocol may have. */
const BEARER = `${OWN}.bearer.`;
const FIELD = 'Sec-WebSocket-Protocol';

/** @param offered value of `Sec-WebSocket-Protocol`. @returns the tokens in it */
export const tokensIn = (offered: string): string[] =>
  entriesOf(offered).flatMap((entry) => (entry.startsWith(BEARER) ? [entry.slice(BEARER.length)] : []));

/** @returns what a service gets of it; '' when nothing is left */
export function withoutOwnProtocols(offered: string): string {
  const entries = entriesOf(offered);
  const kept = entries.filter((entry) => !isOwn(entry));
  return kept.length === entries.length ? offered : kept.join(', ');
}

/**
 * @param offered by the caller
 * @param selected by the service
 * @returns the field of the answer that the service's own does not have: alternately a name and its value
 */
export const ownSelection = (offered: string, selected: string | undefined): string[] =>
  selected === undefined && entriesOf(offered).includes(OWN) ? [FIELD, OWN] : [];

const entriesOf = (value: string): string[] => value.split(',').map((entry) => entry.trim());

/** However it is written: what is not accepted as a token is still one. */
function isOwn(entry: string): boolean {
  const name = entry.toLowerCase();
  return name === OWN || name.startsWith(`${OWN}.`);
}
