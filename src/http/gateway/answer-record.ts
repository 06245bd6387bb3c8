/** The answer to the first request with an idempotency key, held back until it is kept. */
import type { Attempt } from '../../gateway/keyed/attempt.ts';
import { KEPT_BODY_BYTES } from '../../gateway/keyed/kept-answer.ts';
import { textOf } from '../../gateway/raw-fields.ts';

export class AnswerRecord {
  readonly #attempt: Attempt;
  readonly status: number;
  readonly #fields: string[];
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** @param raw fields as the service sent them: names and values by turns */
  constructor(attempt: Attempt, status: number, raw: readonly Buffer[]) {
    this.#attempt = attempt;
    this.status = status;
    this.#fields = textOf(raw);
  }

  get body(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** @returns false: it is too long to be kept, and need not be held back any more */
  add(chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    return this.#bytes <= KEPT_BODY_BYTES;
  }

  /** Too long: repetitions get none. */
  giveUp(): Promise<void> {
    return this.#attempt.answered(this.status, undefined);
  }

  /** Of the whole answer. Resolves when a repetition would get it. */
  keep(): Promise<void> {
    return this.#attempt.answered(this.status, {
      status: this.status,
      fields: this.#fields,
      body: this.body,
    });
  }
}
