import { connect } from 'node:net';

/**
 * Connects, sends `greeting` when there is one, and returns the first bytes the server says.
 * Rejects when nobody listens or nothing is said within 500 ms.
 */
export async function firstAnswer(port: number, greeting?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      if (greeting) socket.write(greeting);
    });
    socket.setTimeout(500, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}
