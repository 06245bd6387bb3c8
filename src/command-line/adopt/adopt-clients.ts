/** `trivium adopt clients`: one after the other; those that are refused do not keep others out. */
import type { components } from '../generated-contract.ts';
import { Failure, type Ending } from '../exit-codes.ts';
import { jsonOf } from '../json-of.ts';
import { plainText } from '../plain-text.ts';
import { patiently, type OperatorApi } from './operator-api.ts';
import { waitForJob } from './wait-for-job.ts';

type ClientAdoption = components['schemas']['ClientAdoption'];
type Body = components['schemas']['NewClientAdoption'];

export interface ClientsWish {
  tenant: string;
  clientIds: readonly string[];
  how: Omit<Body, 'client_id'>;
  dryRun: boolean;
  say: (text: string) => void;
}

export type ClientReport = ClientAdoption | { client_id: string; outcome: 'refused'; message: string };

/** @throws Failure when the server is away, or for wrong arguments */
export async function adoptClients(
  api: OperatorApi,
  { tenant, clientIds, how, dryRun, say }: ClientsWish,
): Promise<{ ending: Ending; reports: ClientReport[] }> {
  const path = `/v1/tenants/${encodeURIComponent(tenant)}/client-adoptions${dryRun ? '?dry_run=true' : ''}`;
  const troubled = ({ message }: Failure) => say(`${message}\nTrying again …`);
  const reports: ClientReport[] = [];
  for (const client_id of clientIds) {
    try {
      // Repeated, it does what is left to do.
      const answer = await patiently(api, troubled, () =>
        api.send('POST', path, { body: { client_id, ...how } }),
      );
      const body = await jsonOf<ClientAdoption | { id: string }>(answer);
      reports.push('id' in body ? await waitForJob<ClientAdoption>(api, body.id, troubled) : body);
    } catch (error) {
      if (!(error instanceof Failure) || error.ending !== 'refused') throw error;
      reports.push({ client_id, outcome: 'refused', message: error.message });
    }
  }
  const isRefused = reports.some(({ outcome }) => outcome === 'refused');
  return { ending: isRefused ? 'someFailed' : 'done', reports };
}

export function clientInWords(report: ClientReport): string {
  if (report.outcome === 'refused')
    return `${plainText(report.client_id)}: refused\n${indented(report.message)}`;
  const { client_id, as, outcome, dry_run, name = '', tenant_id } = report;
  const what = as === 'api_key' ? 'an API key' : 'a web app';
  const is = outcome === 'already' ? 'is' : dry_run ? 'would become' : 'became';
  const already = outcome === 'already' ? ' already' : '';
  const lines = [`${client_id} (${name}) ${is} ${what} of ${tenant_id}${already}`];
  if (report.scopes) lines.push(`  scopes: ${report.scopes.join(' ')}`);
  if (report.added_scopes?.length) lines.push(`  added to its grant: ${report.added_scopes.join(' ')}`);
  if (report.removed_scopes?.length)
    lines.push(`  removed from its grant: ${report.removed_scopes.join(' ')}`);
  if (report.origins) lines.push(`  origins: ${report.origins.join(' ')}`);
  return lines.map(plainText).join('\n');
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${plainText(line)}`)
    .join('\n');
