/** What the API writes into the page (`data-…` of its root): no script of it is inline. */
export interface PageSettings {
  issuer: string;
  clientId: string;
  audience: string;
  brandName: string;
  /** URL of the script that keeps refresh tokens out of the page's reach. */
  workerUrl: string;
  supportUrl: string;
  logo: string;
  /** What each scope allows, in words. */
  scopes: Record<string, string>;
}

export const root = document.querySelector<HTMLElement>('#console')!;

const read = (name: string): string => root.dataset[name] ?? '';

export const settings: PageSettings = {
  issuer: read('issuer'),
  clientId: read('clientId'),
  audience: read('audience'),
  brandName: read('brandName'),
  workerUrl: read('workerUrl'),
  supportUrl: read('supportUrl'),
  logo: read('logo'),
  scopes: JSON.parse(read('scopes') || '{}') as Record<string, string>,
};

// By the style object, which `style-src` allows, instead of a `style` attribute in the page, which it does not.
const color = read('color');
if (color !== '') document.documentElement.style.setProperty('--brand', color);
