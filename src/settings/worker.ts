/** Settings of the workers. */
import { PLAN_FORMS } from '../plans.ts';
import {
  connectionName,
  domainName,
  filledIn,
  plan,
  secondsList,
  wholeNumber,
  type Setting,
} from './setting.ts';

export const worker = {
  AUTH0_CLIENT_ID: {
    about: 'The client with which workers call the Management API.',
    example: 'your-client-id',
    read: filledIn('your-client-id'),
  },
  AUTH0_CLIENT_SECRET: {
    about: 'Its secret.',
    example: 'your-client-secret',
    read: filledIn('your-client-secret'),
  },
  AUTH0_CUSTOM_DOMAIN: {
    about:
      'Of an account with several custom domains, the one that links in mails and tickets lead to: Auth0 refuses to create users without it (`custom_domain_conflict`).',
    optional: true,
    example: 'login.example.com',
    read: domainName,
  },
  AUTH0_PLAN: {
    about: `What the account allows: ${PLAN_FORMS}.`,
    default: 'free',
    read: plan,
  },
  TENANT_SETTINGS_DATABASE: {
    about:
      'Name of the database connection that keeps the settings of tenants without a web app of their own, each with a blocked user; workers create it when it is needed. Nobody signs in there, and no tenant may have it.',
    default: 'trivium-tenants',
    read: connectionName,
  },
  AUDIT_KEEP_DAYS: {
    about: 'How long events stand in the audit log.',
    default: '400',
    read: wholeNumber(1, 3650),
  },
  AUDIT_MAX_BYTES: {
    about:
      "How many bytes of Redis the audit log of each tenant, and the operator's, may take. Nearly full, it records no refusals any more; full, its oldest events go.",
    default: '268435456',
    read: wholeNumber(65_536, 2 ** 40),
  },
  UPKEEP_SECONDS: {
    about: 'How often API keys whose time is over are removed, and their clients at the authority deleted.',
    default: '60',
    read: wholeNumber(1, 3600),
  },
  RECONCILE_SECONDS: {
    about: 'How often clients at the authority are looked for that belong to no API key, and deleted.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  DEAD_APP_DAYS: {
    about: 'How old an app must be, with no living token and no living consent, to be removed.',
    default: '7',
    read: wholeNumber(1, 3650),
  },
  IDLE_CONSENT_DAYS: {
    about: 'A consent that was not used for so long is no living one any more.',
    default: '90',
    read: wholeNumber(1, 3650),
  },
  COMPARE_SECONDS: {
    about:
      'How often the registry is compared with the clients and grants at the authority, and made anew when it was lost.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  STRAY_GRACE_SECONDS: {
    about:
      'How long a client that only the authority or only the registry knows is told of before it is removed there.',
    default: '86400',
    read: wholeNumber(0, 2_592_000),
  },
  AUTHORITY_TIMEOUT_SECONDS: {
    about: 'How long a call to the authority may take.',
    default: '10',
    read: wholeNumber(1, 60),
  },
  WORKER_LOCK_SECONDS: {
    about:
      'How soon others take up the work of a worker that died. Shorter than a worker may stand still (a long pause of its process), work is taken from it while it lives.',
    default: '10',
    read: wholeNumber(1, 300),
  },
  WORKER_HEALTH_PORT: {
    about: "Port of a worker's own /healthz and /readyz; unset: none.",
    optional: true,
    example: '4010',
    read: wholeNumber(1, 65535),
  },
  WEBHOOK_RETRY_SECONDS: {
    about:
      'How long after each failed try a webhook is told again, comma-separated; after the last one the event is given up.',
    default: '5,300,1800,7200,18000,25200,32400',
    read: secondsList,
  },
  WEBHOOK_TIMEOUT_SECONDS: {
    about: 'How long a webhook may take to answer.',
    default: '15',
    read: wholeNumber(1, 60),
  },
  WEBHOOK_REQUESTS_PER_SECOND_PER_HOST: {
    about:
      'How many requests a second one host gets from all webhooks of all tenants together; one that has not agreed yet gets a tenth of that.',
    default: '10',
    read: wholeNumber(1, 100_000),
  },
  WEBHOOK_DISABLE_AFTER_HOURS: {
    about: 'A webhook that took nothing in for so long is disabled.',
    default: '72',
    read: wholeNumber(1, 8760),
  },
  RELAY_CONCURRENCY: {
    about: 'How many interactive calls one worker has under way at once.',
    default: '20',
    read: wholeNumber(1, 1000),
  },
  IMPORT_CONCURRENCY: {
    about: 'How many user imports one worker works on at once.',
    default: '4',
    read: wholeNumber(1, 100),
  },
} satisfies Record<string, Setting<unknown>>;
