/** Reads the body, when the operation takes one, as large and of the types that the contract says. */
import bodyParser from 'koa-bodyparser';
import { structureFault } from '../../contract/json-structure.ts';
import { Problem } from '../../problem.ts';
import { refuseIfRevoked } from '../streams/still-allowed.ts';
import type { Watch } from '../streams/watch.ts';
import { forgetRest, openUpload } from '../upload.ts';
import type { BodyDescription } from '../../contract/load-contract.ts';
import type { Context, Step } from '../state.ts';

interface BodyContext extends Context {
  request: Context['request'] & { body?: unknown; rawBody?: string };
}

const parsers = new WeakMap<BodyDescription, ReturnType<typeof bodyParser>>();

export const readBody =
  (watch: Watch): Step =>
  async (ctx, next) => {
    const { body } = ctx.state.matched.description;
    if (body) await read(ctx as BodyContext, body, watch);
    try {
      // The body may have taken its time.
      await refuseIfRevoked(ctx);
      await next();
    } finally {
      if (ctx.state.upload && !ctx.req.complete) forgetRest(ctx.req);
    }
  };

async function read(ctx: BodyContext, body: BodyDescription, watch: Watch): Promise<void> {
  const types = [...body.schemaPointers.keys()];
  const type = ctx.is(types);
  // A stream of nothing is a file that is empty, where it says what it is: its reader has a better answer.
  const isEmptyFile = body.isStream && typeof type === 'string';
  const isLeftOut = type === null || (ctx.request.length === 0 && !isEmptyFile);
  if (isLeftOut && !body.required) return;
  if (isLeftOut) throw new Problem('malformed_body', { detail: 'A body is needed.' });
  if (type === false) {
    throw new Problem('unsupported_media_type', { headers: { 'Accept-Post': types.join(', ') } });
  }
  ctx.state.bodyType = type;
  if (body.isStream) {
    ctx.state.upload = openUpload(ctx, ctx.state.services.config, watch);
    return;
  }
  if (ctx.request.length !== undefined && ctx.request.length > body.maxBytes) throw tooLarge(body);
  let parser = parsers.get(body);
  if (!parser) parsers.set(body, (parser = createParser(body)));
  const patience = ctx.state.services.config.REQUEST_TIMEOUT_SECONDS * 1000;
  try {
    await inTime(parser(ctx, () => Promise.resolve()) as Promise<unknown>, patience);
  } catch (error) {
    throw asProblem(error, body);
  }
  const fault = structureFault(ctx.request.body);
  if (fault !== undefined) throw new Problem('malformed_body', { detail: `The body ${fault}.` });
  ctx.state.body = ctx.request.body;
}

/** @throws Problem `request_timeout` */
async function inTime(reading: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Problem('request_timeout', { headers: { Connection: 'close' } })),
      ms,
    );
  });
  try {
    await Promise.race([reading, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function createParser({ maxBytes }: BodyDescription) {
  return bodyParser({
    enableTypes: ['json', 'text'],
    extendTypes: { text: ['application/x-ndjson'] },
    jsonLimit: String(maxBytes),
    textLimit: String(maxBytes),
    strict: false,
    onerror: (error) => {
      throw error;
    },
  });
}

function tooLarge({ maxBytes }: BodyDescription): Problem {
  return new Problem('body_too_large', { detail: `At most ${maxBytes} bytes.` });
}

function asProblem(error: unknown, body: BodyDescription): Problem {
  if (error instanceof Problem) return error;
  const { status, type } = error as { status?: number; type?: string };
  if (status === 413) return tooLarge(body);
  if (status === 415) return new Problem('unsupported_media_type', { cause: error });
  if (type === 'request.aborted' || status === 400) return new Problem('malformed_body', { cause: error });
  throw error;
}
