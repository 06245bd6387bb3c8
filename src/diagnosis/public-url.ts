/** Whether `PUBLIC_URL` leads to this deployment, as seen from itself: proxies, DNS and certificates are not in any setting. */
import { parseJson } from '../json.ts';

export type LeadsTo = 'here' | 'elsewhere' | 'nowhere';

const TIMEOUT_MS = 3_000;
const MAX_BYTES = 65_536;

/**
 * The keys that sign principal tokens are those of one deployment and published, so they tell it from another one that was given the same
 * PUBLIC_URL by mistake.
 * @param kids of these keys
 */
export async function whereLeads(publicUrl: string, kids: readonly string[]): Promise<LeadsTo> {
  try {
    const response = await fetch(`${publicUrl}/.well-known/jwks.json`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json' },
    });
    const found = kidsIn(await firstBytes(response));
    return found.some((kid) => kids.includes(kid)) ? 'here' : 'elsewhere';
  } catch {
    return 'nowhere';
  }
}

/** Whatever answers there may send more than we keep. */
async function firstBytes({ body }: Response): Promise<string> {
  if (!body) return '';
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const source: AsyncIterable<Uint8Array> = body;
  for await (const piece of source) {
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes > MAX_BYTES) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function kidsIn(text: string): string[] {
  let content: { keys?: unknown } | null;
  try {
    content = parseJson<{ keys?: unknown } | null>(text);
  } catch {
    return [];
  }
  const keys = content?.keys;
  if (!Array.isArray(keys)) return [];
  return keys.flatMap((key: { kid?: unknown } | null) => (typeof key?.kid === 'string' ? [key.kid] : []));
}
