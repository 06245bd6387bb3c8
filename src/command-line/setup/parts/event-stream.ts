/**
 * The event stream that tells the API what is changed at Auth0 in users. Ours is the one with our name and an endpoint of ours: event streams
 * have no metadata.
 */
import type { Part } from '../context.ts';
import { itemsOf, recordOf, type Json } from '../answers.ts';
import { eventsTokenPath, fingerprintOf, readEventsToken } from '../events-token.ts';
import type { Management } from '../management.ts';
import { emptyPlan, type Change, type PartPlan } from '../plan.ts';

const NAME = 'Trivium events';
const PATH = '/v1/auth0/events';
const TYPES = [
  'user.created',
  'user.updated',
  'user.deleted',
  'organization.member.added',
  'organization.member.deleted',
];
const ITEM = 'event stream';
const WHY = 'it tells of users who are blocked or deleted at Auth0';

/** @param hasFiles whether the token can be compared */
export const eventStream =
  (hasFiles: boolean): Part =>
  async ({ management, settings: { folder, publicUrl } }) => {
    const token = hasFiles ? readEventsToken(folder) : undefined;
    const named = (await listStreams(management)).filter(({ name }) => String(name).startsWith(NAME));
    const wanted = { url: publicUrl + PATH, token, hasFiles };
    const plan = planStream(named, wanted);
    if (!hasFiles || token !== undefined) return plan;
    const step = { kind: 'events-token' } as const;
    const make = {
      item: eventsTokenPath(folder),
      what: 'make a token',
      why: 'deliveries prove themselves by it',
      step,
    };
    return { ...plan, changes: [make, ...plan.changes] };
  };

interface Wanted {
  url: string;
  token: string | undefined;
  hasFiles: boolean;
}

export function planStream(named: readonly Json[], wanted: Wanted): PartPlan {
  const ours = named.filter((stream) => endpointOf(stream).endsWith(PATH));
  const findings = named
    .filter((stream) => !ours.includes(stream))
    .map(({ name }) => ({
      item: ITEM,
      level: 'note' as const,
      what: `${String(name)} has a destination that is not this API`,
      why: 'it has a name of ours, and is left as it is',
      remedy: 'Rename it if it is yours.',
    }));
  const [stream] = ours;
  if (!stream) return { ...emptyPlan(), findings, changes: [creation(wanted)] };
  return { ...emptyPlan(), findings, changes: changesOf(stream, wanted) };
}

function creation({ url, token }: Wanted): Change {
  const change = { item: ITEM, what: `create it, to ${url}`, why: WHY };
  if (token === undefined) return change;
  const body = {
    name: nameOf(token),
    subscriptions: subscriptionsTo(TYPES),
    destination: destinationOf(url, token),
  };
  return { ...change, step: { kind: 'request', method: 'POST', path: '/event-streams', body } };
}

function changesOf(stream: Json, { url, token, hasFiles }: Wanted): Change[] {
  const path = `/event-streams/${String(stream['id'])}`;
  const change = (what: string, body: object, why = WHY): Change => ({
    item: ITEM,
    what,
    why,
    step: { kind: 'request', method: 'PATCH', path, body },
  });
  const types = itemsOf(stream['subscriptions'], '').map(({ event_type: type }) => String(type));
  const missing = TYPES.filter((type) => !types.includes(type));
  const changes: Change[] = [];
  const isElsewhere = endpointOf(stream) !== url;
  const isOtherToken = hasFiles && (token === undefined || stream['name'] !== nameOf(token));
  if (isElsewhere || isOtherToken) {
    const what = isElsewhere
      ? `deliver to ${url}, not to ${endpointOf(stream)}`
      : 'deliver with the token of the file';
    // Without the token a destination cannot be set.
    const { step: _, ...planned } = change(what, {});
    changes.push(
      token === undefined
        ? planned
        : change(what, { name: nameOf(token), destination: destinationOf(url, token) }),
    );
  }
  if (missing.length > 0)
    changes.push(
      change(`subscribe to ${missing.join(', ')}`, {
        subscriptions: subscriptionsTo([...types, ...missing]),
      }),
    );
  if (stream['status'] !== 'enabled')
    changes.push(
      change(
        'enable it',
        { status: 'enabled' },
        'it delivers nothing: somebody disabled it, or Auth0 did after many failures',
      ),
    );
  return changes;
}

const nameOf = (token: string): string => `${NAME} (${fingerprintOf(token)})`;

const subscriptionsTo = (types: readonly string[]) => types.map((event_type) => ({ event_type }));

const destinationOf = (url: string, token: string) => ({
  type: 'webhook',
  configuration: { webhook_endpoint: url, webhook_authorization: { method: 'bearer', token } },
});

function endpointOf({ destination }: Json): string {
  const { type, configuration } = recordOf(destination) ?? {};
  return type === 'webhook' ? String(recordOf(configuration)?.['webhook_endpoint']) : '';
}

const TAKE = 50;

/** All pages: by checkpoints. */
async function listStreams(management: Management): Promise<Json[]> {
  const found: Json[] = [];
  for (let from = ''; ;) {
    const answer = await management.get(
      `/event-streams?take=${TAKE}${from && `&from=${encodeURIComponent(from)}`}`,
    );
    const page = itemsOf(answer, 'eventStreams');
    found.push(...page);
    const next = answer?.['next'];
    if (typeof next !== 'string' || page.length < TAKE) return found;
    from = next;
  }
}
