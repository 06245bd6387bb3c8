/** Which API an authorization request is about (RFC 8707), and what the authority calls it. */
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';

export type Query = Record<string, string | string[] | undefined>;

/**
 * The parameters as the authority takes them. Auth0 knows APIs by `audience`; by `resource` only where its "Resource Parameter
 * Compatibility Profile" is on, and by its identifier, which need not be our address. Without either a third party gets nowhere.
 * @throws Problem `invalid_target`
 */
export function forThisApi(
  { audience, resource, ...others }: Query,
  { config, publicUrl }: Pick<Services, 'config' | 'publicUrl'>,
): Query {
  const names = [config.AUDIENCE, publicUrl].map(normal);
  const asked = [audience ?? [], resource ?? []].flat().filter((one) => one !== '');
  if (!asked.every((one) => names.includes(normal(one))))
    throw new Problem('invalid_target', {
      detail: `resource and audience can name this API only: ${publicUrl}, or leave them out.`,
    });
  return { ...others, audience: config.AUDIENCE };
}

/** One spelling of each address; clients that make a URL of it add a slash. */
const normal = (name: string): string => (URL.canParse(name) ? new URL(name).href : name).replace(/\/$/, '');
