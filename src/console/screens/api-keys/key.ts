import type { Schema } from '../../api.ts';

export type ApiKey = Schema<'ApiKey'>;
/** With its secret. */
export type NewApiKey = Schema<'ApiKeyWithSecret'>;
