import { DomainError } from '@paygate/kernel';
import { unreadable } from './collected-rates.js';

/** The text of a file as it comes in, never more of it than allowed. @throws DomainError `payload_too_large`, `exchange_rates_unreadable` */
export async function* limitedText(chunks: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new DomainError('payload_too_large', `The file may have at most ${mostBytes} bytes.`);
    yield decode(() => decoder.decode(chunk, { stream: true }));
  }
  yield decode(() => decoder.decode());
}

function decode(read: () => string): string {
  try {
    return read();
  } catch {
    throw unreadable('It is not valid UTF-8.', []);
  }
}
