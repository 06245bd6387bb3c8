import type { IncomingMessage, ServerResponse } from 'node:http';

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
}

/**
 * Calls back once, when the answer has been sent or its connection is gone, also if that was so before. The connection is looked at
 * itself: an answer that waits behind another one on it (pipelining) is told nothing of its end.
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
