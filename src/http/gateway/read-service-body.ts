/** Reads a JSON body for a service, so that it can be checked before it is sent; others pass as a stream. */
import type { BodyDescription } from '../../contract/load-contract.ts';
import { bodyTooLarge } from '../body-pieces.ts';
import type { BodyRoom } from '../body-room.ts';
import type { Context, Step } from '../state.ts';
import { Problem } from '../../problem.ts';
import { hasRepeatedNames } from './repeated-names.ts';
import { bytesOf, decoded, isUtf8, leaveOut, parse, typeOf, unsupported } from '../steps/read-body.ts';

export const readServiceBody = (body: BodyDescription, room: BodyRoom): Step =>
  function readServiceBody(ctx) {
    // The proxy has kept it.
    if (ctx.state.asksFor) return undefined;
    const length = ctx.request.length ?? 0;
    if (ctx.req.headers['transfer-encoding'] === undefined && length === 0) return leaveOut(body);
    if (length > body.maxBytes) throw bodyTooLarge(body.maxBytes);
    const type = typeOf(ctx);
    const described = type && describedType(body, type.essence);
    if (!type || !described) throw unsupported(body);
    if (!/[/+]json$/.test(type.essence)) return;
    if (!isUtf8(type)) throw unsupported(body);
    return read(ctx, described, { body, room });
  };

interface Bounds {
  body: BodyDescription;
  room: BodyRoom;
}

async function read(ctx: Context, described: string, { body, room }: Bounds): Promise<void> {
  const bytes = await bytesOf(ctx, body, room);
  if (bytes.length === 0) return leaveOut(body);
  const plain = await decoded(ctx, bytes, body);
  ctx.state.body = parse(plain, { essence: 'application/json', charset: undefined });
  if (hasRepeatedNames(plain, ctx.state.body))
    throw new Problem('malformed_body', { detail: 'An object has two members of the same name.' });
  ctx.state.bodyType = described;
  ctx.state.bytes = bytes;
}

/** @returns the media type or range of the contract that a media type falls under (RFC 9110 section 12.5.1) */
function describedType({ schemaPointers }: BodyDescription, essence: string): string | undefined {
  const [kind] = essence.split('/', 1);
  const ranges = [essence, `${kind}/*`, '*/*'];
  const found = Array.from(schemaPointers.keys(), (type) => [type, type.toLowerCase().split(';')[0]?.trim()]);
  for (const range of ranges) {
    const match = found.find(([, plain]) => plain === range);
    if (match) return match[0];
  }
  return undefined;
}
