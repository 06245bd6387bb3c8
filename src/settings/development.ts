/** Settings that only development environments may use. Without `NODE_ENV`, a deployment is in production. */
import { ConfigFault } from './config-fault.ts';
import { oneOf, type SettingContext } from './setting.ts';

const NOT_HERE = 'is for development only: it needs NODE_ENV=development';

export function metadataDocuments(
  text: string,
  { isDevelopment }: SettingContext,
): 'on' | 'off' | 'loopback' {
  const from = oneOf('on', 'off', 'loopback')(text);
  if (from === 'loopback' && !isDevelopment) throw new ConfigFault(`loopback ${NOT_HERE}`);
  return from;
}

export function forDevelopment(text: string, { isDevelopment }: SettingContext): boolean {
  const isOn = oneOf('true', 'false')(text) === 'true';
  if (isOn && !isDevelopment) throw new ConfigFault(`true ${NOT_HERE}`);
  return isOn;
}
