const TIMEOUT_MS = 5_000;

export class DocumentFailure extends Error {
  override readonly name = 'DocumentFailure';
}

/** Fetches JSON of another host: no redirects, limited size (Auth0 docs, "CIMD JSON validation rules"). */
export async function fetchDocument(address: string, bytesMax: number): Promise<Record<string, unknown>> {
  try {
    const response = await fetch(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json' },
    });
    if (response.status !== 200)
      throw new DocumentFailure(`fetching it was answered with ${response.status}`);
    const text = await readUpTo(response, bytesMax);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new DocumentFailure('it is no JSON object');
    return value as Record<string, unknown>;
  } catch (error) {
    if (error instanceof DocumentFailure) throw error;
    throw new DocumentFailure('it cannot be fetched', { cause: error });
  }
}

async function readUpTo(response: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > bytesMax) throw new DocumentFailure(`it is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
