/** Reads server-sent events (WHATWG HTML section 9.2). */
export interface ServerEvent {
  name: string;
  data: string;
}

/** Splits a stream of text into its events. What has no data is a comment or a setting of `EventSource`. */
export async function* readEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = (rest + chunk.replaceAll('\r\n', '\n')).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event.data !== '') yield event;
    }
  }
}

function parseBlock(block: string): ServerEvent {
  const event = { name: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [field = '', ...rest] = line.split(':');
    const value = rest.join(':').replace(/^ /, '');
    if (field === 'event') event.name = value;
    if (field === 'data') event.data += value;
  }
  return event;
}
