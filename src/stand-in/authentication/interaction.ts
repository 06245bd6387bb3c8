import type { Context } from 'koa';
import type Provider from 'oidc-provider';

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** @returns undefined when the cookie that ties the browser to its sign-in is missing or expired */
export async function loadInteraction(ctx: Context, provider: Provider): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(ctx.req, ctx.res);
  } catch {
    return undefined;
  }
}

/** Protects against forms of another tab: the URL must name the same sign-in as the cookie. */
export function isOfInteraction(
  ctx: Context,
  interaction: Interaction,
  prompt: 'login' | 'consent' | 'organization-selection' | 'organization-picker',
): boolean {
  return interaction.prompt.name === prompt && ctx.query['state'] === interaction.uid;
}
