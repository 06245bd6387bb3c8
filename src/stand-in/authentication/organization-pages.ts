import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import type { Client, Organization } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { readForm } from './form-body.ts';
import { isOfInteraction, loadInteraction, type Interaction } from './interaction.ts';
import { organizationsFor, PERSONAL, requestedOrganization } from './organizations.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { escapeHtml, sendPage } from './pages/page.ts';

/** Auth0 docs, "Configure login flows": the first ones that the user joined. */
const SHOWN_MAX = 20;

/** GET and POST /u/organization-selection: asks for the organization before the sign-in, by its name or by an email address of its domain. */
export function organizationSelectionPage({ store }: AuthenticationServices, provider: Provider) {
  return async function answerSelection(ctx: Context): Promise<void> {
    const interaction = await loadInteraction(ctx, provider);
    const client = store.clients.get(String(interaction?.params['client_id']));
    if (!interaction || !client || !isOfInteraction(ctx, interaction, 'organization-selection'))
      return sendOver(ctx);
    if (ctx.method === 'GET') return showSelection(ctx, client.name);
    const { organizationName: text = '' } = await readForm(ctx);
    const organization = meant(store, text.trim().toLowerCase());
    if (!organization || !isPossible(store, client, organization.id))
      return showSelection(ctx, client.name, text);
    await goOn(ctx, provider, interaction, organization.id);
  };
}

/** Auth0 docs, "Configure login flows": by verified domains; if several match, none is chosen here. */
function meant(store: Store, text: string): Organization | undefined {
  const [, domain] = text.split('@');
  if (domain === undefined) return store.organizations.first('name', text);
  const found = [...store.discoveryDomains.by('domain', domain)].filter(
    ({ status, use_for_organization_discovery }) => status === 'verified' && use_for_organization_discovery,
  );
  return found.length === 1 ? store.organizations.get(found[0]!.organization_id) : undefined;
}

function isPossible(store: Store, client: Client, organizationId: string): boolean {
  try {
    return requestedOrganization(store, client, organizationId) !== undefined;
  } catch {
    return false;
  }
}

/** GET and POST /u/organization-picker: lets the user choose one of their organizations. */
export function organizationPickerPage({ store }: AuthenticationServices, provider: Provider) {
  return async function answerPicker(ctx: Context): Promise<void> {
    const interaction = await loadInteraction(ctx, provider);
    const client = store.clients.get(String(interaction?.params['client_id']));
    const user = store.users.get(interaction?.session?.accountId ?? '');
    if (!interaction || !client || !user || !isOfInteraction(ctx, interaction, 'organization-picker'))
      return sendOver(ctx);
    const joined = organizationsFor(store, client, user).slice(0, SHOWN_MAX);
    const choices = joined.map(({ id, name, display_name: shown = name }) => ({ id, shown }));
    if (client['organization_usage'] === 'allow') choices.push({ id: PERSONAL, shown: 'Personal account' });
    if (ctx.method === 'GET') return showPicker(ctx, client.name, choices);
    const { organization = '' } = await readForm(ctx);
    if (!choices.some(({ id }) => id === organization)) return showPicker(ctx, client.name, choices);
    await goOn(ctx, provider, interaction, organization);
  };
}

/** Resumes the request as if it had named the organization. */
async function goOn(
  ctx: Context,
  provider: Provider,
  interaction: Interaction,
  organization: string,
): Promise<void> {
  interaction.params['organization'] = organization;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
  const back = await provider.interactionResult(ctx.req, ctx.res, {});
  ctx.status = 303;
  ctx.redirect(back);
}

function sendOver(ctx: Context): void {
  sendErrorPage(ctx, {
    status: 400,
    error: 'invalid_request',
    error_description: 'This sign-in is over or was never begun. Go back to the application and try again.',
  });
}

function showSelection(ctx: Context, clientName: string, wrong?: string): void {
  const alert =
    wrong === undefined
      ? ''
      : '<p role="alert" id="error">The organization you entered could not be found</p>';
  sendPage(
    ctx,
    wrong === undefined ? 200 : 400,
    'Enter your organization',
    `<p>to go on to <strong>${escapeHtml(clientName)}</strong></p>
${alert}
<form method="post">
<label for="organizationName">Organization name or email address</label>
<input id="organizationName" name="organizationName" type="text" required autofocus value="${escapeHtml(wrong ?? '')}">
<button type="submit" name="action" value="default">Continue</button>
</form>`,
  );
}

function showPicker(
  ctx: Context,
  clientName: string,
  choices: readonly { id: string; shown: string }[],
): void {
  const buttons = choices.map(
    ({ id, shown }) =>
      `<button type="submit" name="organization" value="${escapeHtml(id)}">${escapeHtml(shown)}</button>`,
  );
  sendPage(
    ctx,
    ctx.method === 'GET' ? 200 : 400,
    'Select an organization',
    `<p>to go on to <strong>${escapeHtml(clientName)}</strong></p>
<form method="post">
${buttons.join('\n')}
</form>`,
  );
}
