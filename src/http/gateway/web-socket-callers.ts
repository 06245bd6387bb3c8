/** Who asks for a WebSocket: pages have other ways to say so than programs, and other limits. */
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { isAdmittedOrigin } from '../admitted-origin.ts';
import type { Step } from '../state.ts';
import { authenticateBy, credentialOf } from '../steps/authenticate.ts';
import { isUpgrade } from './accept-upgrades.ts';
import { subprotocolTokens } from './subprotocol-tokens.ts';

/**
 * Browsers let any page open a WebSocket to any host, whatever CORS says, with the credentials that they keep (cross-site
 * WebSocket hijacking). The pages that may are those that CORS admits.
 */
export function refuseForeignPages({
  config,
  publicUrl,
  registry,
}: Pick<Services, 'config' | 'publicUrl' | 'registry'>): Step {
  const isAdmitted = isAdmittedOrigin(registry, [...config.WEB_APP_ORIGINS, new URL(publicUrl).origin]);
  return function refuseForeignPages({ req, state }) {
    const { origin, 'sec-websocket-key': key } = req.headers;
    // A proxy that asks for a decision keeps `Upgrade` to itself.
    if (origin === undefined || !(isUpgrade(req) || (state.asksFor && key !== undefined))) return undefined;
    return isAdmitted(origin).then((isOk) => {
      if (!isOk) throw new Problem('origin_not_allowed', { internal: 'its page is of another site' });
    });
  };
}

/**
 * As `authenticate`; an upgrade may present its token as a subprotocol instead. Not where a proxy asks: it would pass the
 * token on to the service.
 */
export const authenticateUpgrade: Step = (ctx) => {
  const credential = credentialOf(ctx);
  const [token, ...others] = subprotocolTokens(ctx);
  if (token === undefined) return authenticateBy(ctx, credential);
  if (credential || others.length > 0) throw new Problem('several_credentials');
  return authenticateBy(ctx, { scheme: 'bearer', token });
};
