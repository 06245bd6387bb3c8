/** Calls the operation's handler and turns the value it returns into the answer. */
import { readPreferences } from '../../operations/preferences.ts';
import type { Step } from '../state.ts';

export const runHandler: Step = async (ctx) => {
  const { matched, principal, path, query, body, bodyType, requestId, services } = ctx.state;
  const hangUp = new AbortController();
  const onClose = () => hangUp.abort();
  ctx.res.once('close', onClose);
  const answer = await matched.handler({
    operationId: matched.description.id,
    principal,
    path,
    query,
    body,
    bodyType,
    prefer: readPreferences(ctx.get('Prefer')),
    requestId,
    services,
    signal: hangUp.signal,
  });
  ctx.res.off('close', onClose);
  ctx.status = answer.status;
  if (answer.headers) ctx.set(answer.headers);
  if (answer.body !== undefined) {
    ctx.body = answer.body;
    if (answer.type) ctx.type = answer.type;
  }
};
