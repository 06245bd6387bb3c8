/** Answers leave in the order of their requests (HTTP/1.1 pipelining): what a connection still has to send. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Answers {
  /** To its latest request; undefined: it was sent, and the whole request was read. */
  latest: ServerResponse | undefined;
  previous: ServerResponse | undefined;
}

export type AnswersOf = (socket: Duplex) => Answers;

/**
 * The two latest answers of each connection. Those that are over are let go: an idle connection would keep them with all
 * of their requests, and each collection of garbage would copy them.
 */
export function followAnswers(server: Server): AnswersOf {
  const answers = new WeakMap<Duplex, Answers>();
  const of = (socket: Duplex): Answers => {
    let known = answers.get(socket);
    if (!known) answers.set(socket, (known = { latest: undefined, previous: undefined }));
    return known;
  };
  // One listener for all answers: one of its own for each costs more than what it does.
  function letGo(this: ServerResponse): void {
    const known = of(this.req.socket);
    if (known.previous === this) known.previous = undefined;
    else if (known.latest === this && this.req.complete) known.latest = undefined;
  }
  server.on('request', ({ socket }: IncomingMessage, latest: ServerResponse) => {
    const known = of(socket);
    known.previous = known.latest;
    known.latest = latest;
    latest.on('close', letGo);
  });
  return of;
}
