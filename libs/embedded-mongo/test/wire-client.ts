import { connect, type Socket } from 'node:net';
import { decode } from '../src/bson/decode.js';
import { encode, type EncodableDoc } from '../src/bson/encode.js';
import type { Doc } from '../src/bson/value.js';
import { Framer } from '../src/wire/message.js';

const HEADER = 21;

/** Speaks OP_MSG without a driver, for what drivers do not let a test do: repeat a write with a chosen number. */
export class WireClient {
  private readonly framer = new Framer();
  private readonly waiting: ((reply: Doc) => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (data) => {
      for (const message of this.framer.push(data)) this.waiting.shift()?.(decode(message, HEADER));
    });
  }

  static connect(port: number): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        resolve(new WireClient(socket));
      });
      socket.once('error', reject);
    });
  }

  send(command: EncodableDoc): Promise<Doc> {
    const bytes = encode(command, HEADER);
    bytes.fill(0, 0, HEADER);
    bytes.writeInt32LE(bytes.length, 0);
    bytes.writeInt32LE(1, 4);
    bytes.writeInt32LE(2013, 12);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
