import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';

const BODY_BYTES_MAX = 65_536;

export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}

/** Parses a request body into text values by name. Auth0 accepts forms and JSON where OAuth specifies forms only. */
export async function readForm(ctx: Context): Promise<Record<string, string>> {
  const text = await readText(ctx.req);
  if (ctx.is('application/json')) return fromJson(text);
  if (text !== '' && !ctx.is('application/x-www-form-urlencoded'))
    throw new UnreadableBody('neither form nor JSON');
  return Object.fromEntries(new URLSearchParams(text));
}

export async function readJsonObject(ctx: Context): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readText(ctx.req));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Reported below.
  }
  throw new UnreadableBody('not a JSON object');
}

/** Makes oidc-provider read `form` instead of the body: it accepts forms only, and warns about bodies that were read before. */
export function replaceBody(ctx: Context, form: Record<string, string>): void {
  const bytes = Buffer.from(new URLSearchParams(form).toString());
  ctx.req.headers['content-type'] = 'application/x-www-form-urlencoded';
  ctx.req.headers['content-length'] = String(bytes.length);
  delete ctx.req.headers['transfer-encoding'];
  Object.defineProperties(ctx.req, {
    readable: { value: true, configurable: true },
    readableEncoding: { value: null, configurable: true },
    iterator: { value: () => [bytes], configurable: true },
  });
}

function fromJson(text: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableBody('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableBody('not an object');
  const members = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(
    members.flatMap(([name, member]) => (typeof member === 'string' ? [[name, member]] : [])),
  );
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new UnreadableBody('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
