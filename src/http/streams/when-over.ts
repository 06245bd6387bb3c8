import type { IncomingMessage, ServerResponse } from 'node:http';

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
}

/**
 * Calls back once when the answer has been sent or its connection has closed, also if it already had. The connection
 * itself is observed: an answer queued behind another one (pipelining) gets no event when it closes.
 */
export function whenOver({ req, res }: Exchange, done: () => void): void {
  const { socket } = req;
  if (res.destroyed || res.writableFinished || socket.destroyed) {
    done();
    return;
  }
  const over = () => {
    res.off('close', over);
    socket.off('close', over);
    done();
  };
  res.once('close', over);
  socket.once('close', over);
}
