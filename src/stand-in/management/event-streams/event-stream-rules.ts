import { invalidBody } from '../api-error.ts';
import type { BodyRules, Rule } from '../body-rules.ts';

/** Auth0's description of the API. Only events of users are delivered here. */
const EVENT_TYPES = [
  'connection.created',
  'connection.deleted',
  'connection.updated',
  'group.created',
  'group.deleted',
  'group.member.added',
  'group.member.deleted',
  'group.role.assigned',
  'group.role.deleted',
  'group.updated',
  'organization.connection.added',
  'organization.connection.removed',
  'organization.connection.updated',
  'organization.created',
  'organization.deleted',
  'organization.group.role.assigned',
  'organization.group.role.deleted',
  'organization.member.added',
  'organization.member.deleted',
  'organization.member.role.assigned',
  'organization.member.role.deleted',
  'organization.updated',
  'user.created',
  'user.deleted',
  'user.updated',
];

export const EVENT_TYPE: Rule = { type: 'string', enum: EVENT_TYPES };

const CHANGEABLE: Record<string, Rule> = {
  name: { type: 'string', minLength: 1, maxLength: 128 },
  status: { type: 'string', enum: ['enabled', 'disabled'] },
  subscriptions: {
    type: 'array',
    items: {
      type: 'object',
      members: { required: ['event_type'], properties: { event_type: EVENT_TYPE } },
    },
  },
  destination: {
    type: 'object',
    members: {
      required: ['type', 'configuration'],
      properties: {
        type: { type: 'string', enum: ['webhook', 'eventbridge', 'action'] },
        configuration: { type: 'object' },
      },
    },
  },
};

export const NEW_EVENT_STREAM: BodyRules = { required: ['destination'], properties: CHANGEABLE };

export const EVENT_STREAM_CHANGES: BodyRules = { required: [], properties: CHANGEABLE };

const CONFIGURATIONS: Readonly<Record<string, readonly string[]>> = {
  webhook: ['webhook_endpoint', 'webhook_authorization'],
  eventbridge: ['aws_account_id', 'aws_region'],
  action: ['action_id'],
};

export function checkDestination({
  type,
  configuration,
}: {
  type: string;
  configuration: Record<string, unknown>;
}): void {
  const missing = CONFIGURATIONS[type]?.find((name) => configuration[name] === undefined);
  if (missing !== undefined)
    throw invalidBody(`Missing required property: ${missing}`, 'destination.configuration');
  const endpoint = configuration['webhook_endpoint'];
  if (endpoint !== undefined && !(typeof endpoint === 'string' && URL.canParse(endpoint)))
    throw invalidBody(
      `Object didn't pass validation for format uri: ${JSON.stringify(endpoint)}`,
      'destination.configuration.webhook_endpoint',
    );
}
