/** Whether the last event of a stream is complete (HTML standard, section 9.2.6: an empty line ends it). */

const END = /(?:\n\n|\r\r|\r\n\r\n|\n\r\n|\r\n\n)$/;
/** The longest end, in characters. */
const TAIL = 4;

export class EventBoundary {
  #tail = '';

  add(chunk: Buffer): void {
    this.#tail = (this.#tail + chunk.subarray(-TAIL).toString('latin1')).slice(-TAIL);
  }

  get isComplete(): boolean {
    return this.#tail === '' || END.test(this.#tail);
  }
}
