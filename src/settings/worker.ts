/** Settings of the workers. */
import { PLAN_FORMS } from '../plans.ts';
import { signingKeyFile } from './signing-key-file.ts';
import { domainName, filledIn, plan, secondsList, wholeNumber, type Setting } from './setting.ts';

export const worker = {
  AUTH0_CLIENT_ID: {
    about: 'Client id with which workers call the Management API.',
    example: 'your-client-id',
    read: filledIn('your-client-id'),
  },
  AUTH0_CLIENT_SECRET: {
    about: 'Client secret of that client, unless it has a key (AUTH0_PRIVATE_KEY_FILE).',
    optional: true,
    example: 'your-client-secret',
    isSecret: true,
    read: filledIn('your-client-secret'),
  },
  AUTH0_PRIVATE_KEY_FILE: {
    about:
      'File with the private key of that client (RSA, PEM), if it authenticates by `private_key_jwt` and has no secret. `trivium setup` makes both.',
    optional: true,
    example: '/etc/trivium/workers.key.pem',
    read: signingKeyFile,
  },
  AUTH0_CUSTOM_DOMAIN: {
    about:
      'For an account with several custom domains, the one used for links in mails and tickets. Without it Auth0 refuses to create users (`custom_domain_conflict`).',
    optional: true,
    example: 'login.example.com',
    read: domainName,
  },
  AUTH0_PLAN: {
    about: `Rate limits of the account: ${PLAN_FORMS}.`,
    default: 'free',
    read: plan,
  },
  AUDIT_KEEP_DAYS: {
    about: 'How long events are kept in the audit log.',
    default: '400',
    read: wholeNumber(1, 3650),
  },
  AUDIT_MAX_BYTES: {
    about:
      'Maximum size in Redis of each audit log (one for each tenant, one for the operator), in bytes. A nearly full log no longer records refusals; a full one drops its oldest events.',
    default: '268435456',
    read: wholeNumber(65_536, 2 ** 40),
  },
  UPKEEP_SECONDS: {
    about: 'How often expired API keys are removed, and their clients deleted at the authority.',
    default: '60',
    read: wholeNumber(1, 3600),
  },
  RECONCILE_SECONDS: {
    about: 'How often clients at the authority that belong to no API key are searched and deleted.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  DEAD_APP_DAYS: {
    about: 'Age after which an app without a valid token or an active consent is removed.',
    default: '7',
    read: wholeNumber(1, 3650),
  },
  IDLE_CONSENT_DAYS: {
    about: 'Time without use after which a consent no longer counts as active.',
    default: '90',
    read: wholeNumber(1, 3650),
  },
  COMPARE_SECONDS: {
    about:
      'How often the registry is compared with the clients and grants at the authority, and rebuilt if it was lost.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  ACCOUNT_CHECK_SECONDS: {
    about:
      'How often the account is compared with what Trivium needs of it, as `trivium setup --check` does; 0: never.',
    default: '86400',
    read: wholeNumber(0, 2_592_000),
  },
  EPOCH_SECONDS: {
    about:
      'How often a time is noted in Redis and in the metadata of the workers’ client at Auth0, by which a Redis that was set back is noticed; 0: never.',
    default: '300',
    read: wholeNumber(0, 86_400),
  },
  STRAY_GRACE_SECONDS: {
    about:
      'How long a client that only the authority or only the registry knows is reported before it is removed.',
    default: '86400',
    read: wholeNumber(0, 2_592_000),
  },
  AUTHORITY_TIMEOUT_SECONDS: {
    about: 'Timeout of a call to the authority.',
    default: '10',
    read: wholeNumber(1, 60),
  },
  WORKER_LOCK_SECONDS: {
    about:
      'Lock duration of jobs: how soon other workers take over the work of a crashed worker. If it is shorter than the longest pause of a worker process, jobs can be taken from a running worker.',
    default: '10',
    read: wholeNumber(1, 300),
  },
  WORKER_HEALTH_PORT: {
    about: "Port of a worker's own /healthz and /readyz; unset, there is none.",
    optional: true,
    example: '4010',
    read: wholeNumber(1, 65535),
  },
  WEBHOOK_RETRY_SECONDS: {
    about:
      'Delays before the retries of a webhook delivery, comma-separated; after the last one the event is given up.',
    default: '5,300,1800,7200,18000,25200,32400',
    read: secondsList,
  },
  WEBHOOK_TIMEOUT_SECONDS: {
    about: 'Timeout of a webhook request.',
    default: '15',
    read: wholeNumber(1, 60),
  },
  WEBHOOK_REQUESTS_PER_SECOND_PER_HOST: {
    about:
      'Maximum number of requests per second to one host, from all webhooks of all tenants together; an unverified endpoint gets a tenth of that.',
    default: '10',
    read: wholeNumber(1, 100_000),
  },
  WEBHOOK_DISABLE_AFTER_HOURS: {
    about: 'Time without a successful delivery after which a webhook is disabled.',
    default: '72',
    read: wholeNumber(1, 8760),
  },
  RELAY_CONCURRENCY: {
    about: 'Number of interactive calls that one worker runs concurrently.',
    default: '20',
    read: wholeNumber(1, 1000),
  },
  IMPORT_CONCURRENCY: {
    about: 'Number of user imports that one worker processes concurrently.',
    default: '4',
    read: wholeNumber(1, 100),
  },
} satisfies Record<string, Setting<unknown>>;
