import { ConfigFault } from './config-fault.ts';

/** Name of a connection (Auth0: letters, digits and single hyphens between them). */
export function connectionName(text: string): string {
  if (text.length > 128 || !/^[a-zA-Z0-9](-?[a-zA-Z0-9])*$/.test(text))
    throw new ConfigFault('must be the name of a connection: letters, digits, and hyphens between them');
  return text;
}
