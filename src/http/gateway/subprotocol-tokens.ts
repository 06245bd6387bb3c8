/** Tokens that a request to switch to WebSocket presents as subprotocols. */
import { valueOf } from '../../gateway/raw-fields.ts';
import { tokensIn } from '../../gateway/web-socket-protocols.ts';
import type { Context } from '../state.ts';
import { isUpgrade } from './accept-upgrades.ts';

/** None where a proxy asks for a decision. */
export const subprotocolTokens = ({ req, state }: Context): string[] =>
  isUpgrade(req) && !state.asksFor ? tokensIn(valueOf(req.rawHeaders, 'sec-websocket-protocol') ?? '') : [];

/** Whether there is something to verify, as with `Authorization`. */
export const hasSubprotocolToken = (ctx: Context): boolean => subprotocolTokens(ctx).length > 0;
