/** Read by other programs than ours (`npm start`, the stand-in), and listed here for `.env.example` only. */
import type { Setting } from './setting.ts';

export const start = {
  TRIVIUM_HOME: {
    about: 'Folder of `npm start`: its data, logs and dev.json.',
    default: '.trivium',
    read: String,
  },
  AUTHORITY_PORT: { about: 'Port of the stand-in; 0: any free one.', default: '4001', read: String },
  AUTH0_DOMAIN: {
    about:
      'With it, `npm start` uses this Auth0 account instead of the stand-in; AUTHORITY_URL follows from it.',
    optional: true,
    example: 'example.eu.auth0.com',
    read: String,
  },
  STAND_IN_PLAN: {
    about:
      'Which rate limits the stand-in has: off, free, self-service, enterprise, enterprise-nonproduction, private-cloud, fast, or BURST,PER_SECOND.',
    default: 'fast',
    read: String,
  },
  STAND_IN_LATENCY_MS: { about: 'How slow the stand-in is: 100, or 80-140.', default: '0', read: String },
  STAND_IN_STORE: {
    about: 'File or folder that the stand-in keeps its state in; unset: memory only.',
    optional: true,
    read: String,
  },
  STAND_IN_TLS_KEY: {
    about: 'File with a key (PEM), with which the stand-in speaks https.',
    optional: true,
    read: String,
  },
  STAND_IN_TLS_CERT: { about: 'File with the certificate for it (PEM).', optional: true, read: String },
  STAND_IN_CONTROL_PORT: {
    about:
      'Where faults, clock and settings of the stand-in can be changed (src/stand-in/README.md); unset: nowhere.',
    optional: true,
    read: String,
  },
  STAND_IN_LOOPBACK_DOCUMENTS: {
    about:
      'Whether the stand-in takes client id metadata documents that lie on this machine: true or false. `npm start` says true.',
    optional: true,
    read: String,
  },
  STAND_IN_SEED: {
    about: 'File with what the stand-in starts with (src/stand-in/README.md).',
    optional: true,
    read: String,
  },
} satisfies Record<string, Setting<unknown>>;
