/** Refuses to send an answer that the contract does not describe (invariant 7). */
import { Problem } from '../../problem.ts';
import type { HandlerAnswer } from '../../operations/index.ts';
import { isStream } from '../streams/send-stream.ts';
import type { MatchedOperation, Step } from '../state.ts';

export const validateAnswer: Step = (ctx) => {
  const fault = findFault(ctx.state.matched, ctx.state.answer);
  if (fault !== undefined)
    throw new Problem('internal_error', { internal: `the answer breaks the contract: ${fault}` });
};

function findFault({ validators }: MatchedOperation, answer: HandlerAnswer): string | undefined {
  const { status, body, type = JSON_TYPE } = answer;
  const byType = validators.answers.get(status);
  if (!byType) return `status ${status} is not described`;
  if (byType.size === 0) return body === undefined ? undefined : 'it has a body';
  const check = byType.get(type) ?? byType.get(type.replace(PARAMETERS, ''));
  if (!check) return `media type ${type} is not described for ${status}`;
  const isText = typeof body === 'string' || Buffer.isBuffer(body) || isStream(body);
  const faults = isText ? undefined : check(body);
  return faults?.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}

/** Of a media type. */
const PARAMETERS = /\s*;.*$/;
const JSON_TYPE = 'application/json';
