/** The name, logo, colour and support address that people see, on every page and in the metadata of this API. */
import { readFileSync } from 'node:fs';
import { ConfigFault, type Setting } from './setting.ts';

/** An image as it is sent to browsers. */
export interface Logo {
  type: 'image/svg+xml' | 'image/png';
  content: Buffer;
  /** For pages that load nothing (RFC 2397). */
  dataUrl: string;
}

/** The deployment, as people see it. */
export interface Brand {
  /** `API` where BRAND_NAME is not set. */
  name: string;
  /** `#rrggbb`; undefined: the pages' own. */
  color: string | undefined;
  logo: Logo | undefined;
  supportUrl: string | undefined;
}

export const brand = {
  BRAND_NAME: {
    about: 'Name of your product, on pages that people see and in the metadata of this API.',
    default: 'API',
    read: brandName,
  },
  BRAND_LOGO: {
    about: 'Path of your logo, an SVG or PNG file of at most 64 KiB, for these pages. Unset: none.',
    optional: true,
    example: '/etc/trivium/logo.svg',
    read: logoFile,
  },
  BRAND_COLOR: {
    about: 'Your colour on these pages, as #rrggbb. Unset: that of the pages.',
    optional: true,
    example: '#0b5fff',
    read: color,
  },
  BRAND_SUPPORT_URL: {
    about: 'Where people get help, an https or mailto URL: the pages link to it. Unset: no link.',
    optional: true,
    example: 'https://example.com/support',
    read: supportUrl,
  },
} satisfies Record<string, Setting<unknown>>;

interface BrandSettings {
  BRAND_NAME: string;
  BRAND_LOGO?: Logo | undefined;
  BRAND_COLOR?: string | undefined;
  BRAND_SUPPORT_URL?: string | undefined;
}

export const brandOf = ({
  BRAND_NAME,
  BRAND_LOGO,
  BRAND_COLOR,
  BRAND_SUPPORT_URL,
}: BrandSettings): Brand => ({
  name: BRAND_NAME,
  color: BRAND_COLOR,
  logo: BRAND_LOGO,
  supportUrl: BRAND_SUPPORT_URL,
});

const MAX_NAME_LENGTH = 100;
const MAX_LOGO_BYTES = 65_536;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function brandName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > MAX_NAME_LENGTH || /\p{C}/u.test(name))
    throw new ConfigFault(
      `must be a name of at most ${MAX_NAME_LENGTH} characters, without control characters`,
    );
  return name;
}

function color(text: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(text)) throw new ConfigFault('must be a colour such as #0b5fff');
  return text.toLowerCase();
}

function supportUrl(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^(https|mailto):$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw new ConfigFault('must be an https or mailto URL');
  return parsed.href;
}

/** Reads the file once, at the start. */
function logoFile(path: string): Logo {
  const content = contentOf(path);
  if (content.length > MAX_LOGO_BYTES)
    throw new ConfigFault(`names a file of more than ${MAX_LOGO_BYTES} bytes`);
  const type = typeOf(content);
  return { type, content, dataUrl: `data:${type};base64,${content.toString('base64')}` };
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigFault(`names a file that cannot be read (${code})`);
  }
}

/** A browser runs no scripts of an SVG file that a page shows as an image. */
function typeOf(content: Buffer): Logo['type'] {
  if (content.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (/<svg[\s>]/.test(content.toString('utf8'))) return 'image/svg+xml';
  throw new ConfigFault('must name an SVG or PNG file');
}
