import { whereLeads } from '../../diagnosis/public-url.ts';
import type { Operation } from '../operation.ts';

export const getDiagnosis: Operation<
  'getDiagnosis',
  'config' | 'diagnose' | 'publicUrl' | 'signingKeys'
> = async ({ services }) => {
  const { config, publicUrl, signingKeys } = services;
  const kids = signingKeys.jwks().keys.map(({ kid }) => kid);
  const [found, leads_to] = await Promise.all([services.diagnose(), whereLeads(publicUrl, kids)]);
  return {
    status: 200,
    body: {
      ...found,
      public_url: { url: publicUrl, leads_to },
      clocks: { ...found.clocks, tolerance_ms: config.CLOCK_TOLERANCE_SECONDS * 1000 },
      applications: { limit: config.APPLICATION_LIMIT },
    },
  };
};
