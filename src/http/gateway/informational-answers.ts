/** Answers before the answer (1xx, RFC 9110 section 15.2). */
import { pairsOf, textOf } from '../../gateway/raw-fields.ts';
import type { Context } from '../state.ts';

/** Each of them begins the wait for the answer anew. */
const MOST = 16;

export class InformationalAnswers {
  readonly #ctx: Context;
  readonly #links: (value: string) => string;
  #count = 0;

  /** @param links maps a value of `Link` */
  constructor(ctx: Context, links: (value: string) => string) {
    this.#ctx = ctx;
    this.#links = links;
  }

  /**
   * Passes 102 (Processing) and 103 (Early Hints) on; Node knows how to send no others.
   * @throws when there are too many
   */
  pass(status: number, raw: readonly Buffer[]): void {
    this.#count += 1;
    if (this.#count > MOST) throw new Error(`more than ${MOST} informational answers`);
    const { req, res } = this.#ctx;
    // RFC 9110 section 15.2: HTTP/1.0 has none.
    if (req.httpVersion !== '1.1') return;
    if (status === 102) res.writeProcessing();
    else if (status === 103) this.#hint(raw);
  }

  /** RFC 8297. */
  #hint(raw: readonly Buffer[]): void {
    const link = pairsOf(textOf(raw)).flatMap(([name, value]) =>
      /^link$/i.test(name) ? [this.#links(value)] : [],
    );
    try {
      if (link.length > 0) this.#ctx.res.writeEarlyHints({ link });
    } catch {
      // Node takes no other form of `Link` than that of the RFC's examples. It is only a hint.
    }
  }
}
