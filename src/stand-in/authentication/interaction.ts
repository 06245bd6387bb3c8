import type { Context } from 'koa';
import type Provider from 'oidc-provider';

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** @returns undefined when the cookie that ties a browser to its sign-in is missing or old */
export async function loadInteraction(ctx: Context, provider: Provider): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(ctx.req, ctx.res);
  } catch {
    return undefined;
  }
}

/** Another tab's page must not answer for this one: the address has to name the same sign-in as the cookie. */
export function isOfInteraction(
  ctx: Context,
  interaction: Interaction,
  prompt: 'login' | 'consent' | 'organization-selection' | 'organization-picker',
): boolean {
  return interaction.prompt.name === prompt && ctx.query['state'] === interaction.uid;
}
