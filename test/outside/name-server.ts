/** A name server of the test's own, over real UDP: as much of RFC 1035 as one question needs. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const HEADER_BYTES = 12;
const TYPE_A = 1;
const IPV4_BYTES = 4;

export interface NameServer {
  /** As `setServers` takes it. */
  address: string;
  /** How often it was asked for IPv4 addresses. */
  asked(): number;
  close(): Promise<void>;
}

/** @param answer IPv4 addresses, by how often was asked before; undefined: no answer at all */
export async function serveNames(answer: (asked: number) => string[] | undefined): Promise<NameServer> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (query, from) => {
    const end = query.indexOf(0, HEADER_BYTES) + 1;
    const isForV4 = query.readUInt16BE(end) === TYPE_A;
    const addresses = isForV4 ? answer(asked) : [];
    if (isForV4) asked += 1;
    if (!addresses) return;
    const header = Buffer.from(query.subarray(0, HEADER_BYTES));
    // An answer, recursion available, no error.
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(addresses.length, 6);
    header.writeUInt32BE(0, 8);
    const records = addresses.map((address) => {
      const record = Buffer.alloc(HEADER_BYTES + IPV4_BYTES);
      // The name is that of the question; class IN, to be kept for no time.
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(TYPE_A, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt16BE(IPV4_BYTES, 10);
      record.set(address.split('.').map(Number), HEADER_BYTES);
      return record;
    });
    socket.send(
      Buffer.concat([header, query.subarray(HEADER_BYTES, end + 4), ...records]),
      from.port,
      from.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}
