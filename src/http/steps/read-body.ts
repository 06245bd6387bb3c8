/** Reads the body if the operation has one, within the size and media types of the contract. */
import { structureFault } from '../../contract/json-structure.ts';
import type { BodyDescription } from '../../contract/load-contract.ts';
import { parseMediaType, type MediaType } from '../../media-type.ts';
import { Problem } from '../../problem.ts';
import { bodyTooLarge, drainRest, wholeBody } from '../body-pieces.ts';
import { SHORT_BYTES, type BodyRoom, type HeldBody } from '../body-room.ts';
import { FORM, parseForm, refuseForeignForm } from '../form.ts';
import { CODINGS, decodeCoding, readCoding } from '../content-coding.ts';
import type { Context, Step } from '../state.ts';
import type { Watch } from '../streams/watch.ts';
import { whenOver } from '../streams/when-over.ts';
import { openUpload } from '../upload.ts';

export const readBody = (body: BodyDescription, watch: Watch): Step =>
  function readBody(ctx) {
    return read(ctx, body, watch);
  };

/** Called when the request was answered. Node itself drains a body that nothing has begun to read. */
export function drainBody({ req, state }: Context): void {
  if (!req.complete && (state.upload || req.readableDidRead)) drainRest(req);
}

async function read(ctx: Context, body: BodyDescription, watch: Watch): Promise<void> {
  if (body.schemaPointers.has(FORM)) refuseForeignForm(ctx);
  const type = typeOf(ctx);
  const isOfItsTypes = type !== undefined && body.schemaPointers.has(type.essence);
  const isChunked = ctx.req.headers['transfer-encoding'] !== undefined;
  const length = ctx.request.length ?? 0;
  if (body.isStream) {
    // An empty stream with a valid media type is an empty file; its parser gives a better answer.
    if (!isChunked && length === 0 && !isOfItsTypes) return leaveOut(body);
    if (!isOfItsTypes) throw unsupported(body);
    ctx.state.bodyType = type.essence;
    ctx.state.upload = openUpload(ctx, type, watch);
    return;
  }
  const isReadable = isOfItsTypes && isUtf8(type);
  if (!isChunked && length === 0) return leaveOut(body);
  // A chunked body is known to be empty only at its end.
  if (!isReadable && !isChunked) throw unsupported(body);
  if (length > body.maxBytes) throw bodyTooLarge(body.maxBytes);
  const bytes = await bytesOf(ctx, body);
  if (bytes.length === 0) return leaveOut(body);
  if (!isReadable) throw unsupported(body);
  const plain = await decoded(ctx, bytes, body);
  if (plain.length === 0) return leaveOut(body);
  ctx.state.bodyType = type.essence;
  ctx.state.body = parse(plain, type);
}

/** @param room that a long body takes until its request is over. @throws Problem as `wholeBody` does */
export function bytesOf(ctx: Context, { maxBytes }: BodyDescription, room?: BodyRoom): Promise<Buffer> {
  const { req, state } = ctx;
  const totalMs = state.services.config.REQUEST_TIMEOUT_SECONDS * 1000;
  return wholeBody(req, { maxBytes, totalMs, held: room && heldIn(room, ctx, maxBytes) });
}

function heldIn(room: BodyRoom, ctx: Context, maxBytes: number): HeldBody | undefined {
  if (Math.min(ctx.request.length ?? maxBytes, maxBytes) <= SHORT_BYTES) return undefined;
  const { principal } = ctx.state;
  const held = room.open(principal && 'tenantId' in principal ? principal.tenantId : '');
  whenOver(ctx, () => held.release());
  return held;
}

/** The body without its content coding. @throws Problem as `readCoding` and `decodeCoding` do */
export async function decoded(ctx: Context, bytes: Buffer, { maxBytes }: BodyDescription): Promise<Buffer> {
  const coding = readCoding(ctx.get('Content-Encoding'), CODINGS);
  return coding ? decodeCoding(bytes, coding, maxBytes) : bytes;
}

/** Reads the raw header fields: Node keeps the first of two and drops the other. */
export function typeOf({ req: { headers, rawHeaders } }: Context): MediaType | undefined {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (CONTENT_TYPE.test(rawHeaders[i]!)) count += 1;
  const field = headers['content-type'];
  return field !== undefined && count === 1 ? parseMediaType(field) : undefined;
}

const CONTENT_TYPE = /^content-type$/i;

/** RFC 8259 section 8.1: JSON is UTF-8. */
export const isUtf8 = ({ charset = 'utf-8' }: MediaType): boolean => /^utf-?8$/i.test(charset);

export function leaveOut({ required }: BodyDescription): void {
  if (required) throw new Problem('malformed_body', { detail: 'A body is required.' });
}

export function unsupported({ schemaPointers, isStream }: BodyDescription): Problem {
  const types = [...schemaPointers.keys()].join(', ');
  return new Problem('unsupported_media_type', {
    detail: `Content-Type must be one of ${types}${isStream ? '' : ', in UTF-8'}.`,
    headers: { 'Accept-Post': types },
  });
}

/** Keeps nothing from one whole body to the next. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws Problem `malformed_body` */
export function parse(bytes: Buffer, { essence }: MediaType): unknown {
  const malformed = (detail: string, cause?: unknown) => new Problem('malformed_body', { detail, cause });
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (cause) {
    throw malformed('The body is not UTF-8.', cause);
  }
  if (essence === FORM) return parseForm(text);
  if (essence !== 'application/json') return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed('The body is not JSON.', cause);
  }
  const fault = structureFault(value);
  if (fault !== undefined) throw malformed(`The body ${fault}.`);
  return value;
}
