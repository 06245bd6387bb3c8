import { CATEGORY_NAMES } from '../../events/log-categories.ts';
import { invalidBody } from '../api-error.ts';
import type { BodyRules, Rule } from '../body-rules.ts';

const CHANGEABLE: Record<string, Rule> = {
  name: { type: 'string', minLength: 1, maxLength: 255 },
  isPriority: { type: 'boolean' },
  filters: {
    type: 'array',
    items: {
      type: 'object',
      members: {
        required: [],
        properties: {
          type: { type: 'string', enum: ['category'] },
          name: { type: 'string', enum: CATEGORY_NAMES },
        },
        open: true,
      },
    },
  },
  pii_config: { type: 'object' },
  sink: { type: 'object' },
};

/** What each type of stream needs to know (Auth0's description of the API). */
const SINKS: Readonly<Record<string, readonly string[]>> = {
  datadog: ['datadogApiKey', 'datadogRegion'],
  eventbridge: ['awsAccountId', 'awsRegion'],
  eventgrid: ['azureSubscriptionId', 'azureRegion', 'azureResourceGroup'],
  http: ['httpEndpoint'],
  mixpanel: [
    'mixpanelRegion',
    'mixpanelProjectId',
    'mixpanelServiceAccountUsername',
    'mixpanelServiceAccountPassword',
  ],
  segment: ['segmentWriteKey'],
  splunk: ['splunkDomain', 'splunkPort', 'splunkToken', 'splunkSecure'],
  sumo: ['sumoSourceAddress'],
};

export const NEW_LOG_STREAM: BodyRules = {
  required: ['type', 'sink'],
  properties: {
    ...CHANGEABLE,
    type: { type: 'string', enum: Object.keys(SINKS) },
    startFrom: { type: 'string' },
  },
};

export const LOG_STREAM_CHANGES: BodyRules = {
  required: [],
  properties: { ...CHANGEABLE, status: { type: 'string', enum: ['active', 'paused', 'suspended'] } },
};

const FORMATS = ['JSONARRAY', 'JSONLINES', 'JSONOBJECT'];

export function checkSink(type: string, sink: Record<string, unknown>): void {
  const missing = SINKS[type]?.find((name) => sink[name] === undefined);
  if (missing !== undefined) throw invalidBody(`Missing required property: ${missing}`, 'sink');
  const { httpEndpoint: endpoint, httpContentFormat: format } = sink;
  if (type !== 'http') return;
  if (!(typeof endpoint === 'string' && URL.canParse(endpoint)))
    throw invalidBody(
      `Object didn't pass validation for format strict-https-uri-or-null: ${JSON.stringify(endpoint)}`,
      'sink.httpEndpoint',
    );
  if (format !== undefined && !FORMATS.some((one) => one === format))
    throw invalidBody(`No enum match for: ${JSON.stringify(format)}`, 'sink.httpContentFormat');
}
