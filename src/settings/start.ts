/** Settings of `npm start` and the stand-in, listed here for `.env.example` only. */
import type { Setting } from './setting.ts';

export const start = {
  TRIVIUM_HOME: {
    about: 'Folder of `npm start` for its data, logs and dev.json.',
    default: '.trivium',
    read: String,
  },
  AUTHORITY_PORT: { about: 'Port of the stand-in; 0 picks a free one.', default: '4001', read: String },
  AUTH0_DOMAIN: {
    about: 'Auth0 account that `npm start` uses instead of the stand-in; AUTHORITY_URL is derived from it.',
    optional: true,
    example: 'example.eu.auth0.com',
    read: String,
  },
  STAND_IN_PLAN: {
    about:
      'Rate limits of the stand-in: off, free, self-service, enterprise, enterprise-nonproduction, private-cloud, fast, or BURST,PER_SECOND.',
    default: 'fast',
    read: String,
  },
  STAND_IN_LATENCY_MS: {
    about: 'Response delay of the stand-in in milliseconds: 100, or 80-140.',
    default: '0',
    read: String,
  },
  STAND_IN_STORE: {
    about: 'File or folder in which the stand-in stores its state; unset, it keeps it in memory only.',
    optional: true,
    read: String,
  },
  STAND_IN_TLS_KEY: {
    about: 'File with a private key (PEM) with which the stand-in serves https.',
    optional: true,
    read: String,
  },
  STAND_IN_TLS_CERT: { about: 'File with the certificate for that key (PEM).', optional: true, read: String },
  STAND_IN_CONTROL_PORT: {
    about:
      'Port at which faults, clock and settings of the stand-in can be changed (src/stand-in/README.md); unset, there is none.',
    optional: true,
    read: String,
  },
  STAND_IN_LOOPBACK_DOCUMENTS: {
    about:
      'Whether the stand-in accepts client id metadata documents on this machine: `true` or `false`. `npm start` sets `true`.',
    optional: true,
    read: String,
  },
  STAND_IN_SEED: {
    about: 'File with the initial data of the stand-in (src/stand-in/README.md).',
    optional: true,
    read: String,
  },
} satisfies Record<string, Setting<unknown>>;
