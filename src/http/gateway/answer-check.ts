/** Whether a service's answer is as its document describes it: JSON, of a status and media type that it names. */
import { isEventStream } from './passed-answer.ts';
import { parseMediaType } from '../../media-type.ts';
import { valueOf } from '../../gateway/raw-fields.ts';
import type { Check, OperationValidators } from '../../contract/validators.ts';

/** Longest answer that is kept for its check, in bytes. */
const MAX_BYTES = 1_048_576;

interface Head {
  status: number;
  fields: readonly string[];
}

export class AnswerCheck {
  readonly #check: Check;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #body: Buffer | undefined;

  constructor(check: Check) {
    this.#check = check;
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MAX_BYTES) this.#chunks.push(chunk);
    else this.#chunks = [];
  }

  /** Once the answer has ended. */
  get body(): Buffer {
    return (this.#body ??= Buffer.concat(this.#chunks));
  }

  /** Of the whole answer. @returns what is wrong, without any of its values; undefined: nothing */
  fault(): string | undefined {
    if (this.#bytes > MAX_BYTES) return `longer than ${MAX_BYTES} bytes`;
    let value: unknown;
    try {
      value = JSON.parse(this.body.toString());
    } catch {
      return 'not JSON';
    }
    const faults = this.#check(value);
    return faults?.map(({ pointer, code }) => `${pointer || '/'} ${code}`).join(', ');
  }
}

/** @returns undefined for an answer that the document does not describe, or that is no JSON or a stream */
export function answerCheckFor(
  { answers }: Pick<OperationValidators, 'answers'>,
  { status, fields }: Head,
): AnswerCheck | undefined {
  if (isEventStream(fields) || valueOf(fields, 'content-encoding') !== undefined) return undefined;
  const type = parseMediaType(valueOf(fields, 'content-type') ?? '')?.essence;
  if (type === undefined || !/[/+]json$/.test(type)) return undefined;
  const check = answers.get(status)?.get(type);
  return check && new AnswerCheck(check);
}
