/**
 * The baseline of the delivery bench: a BullMQ queue whose worker posts each job's body with undici.
 * Prints deliveries per second of a process that has just started, and of the same one when its code is compiled.
 */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';

const { REDIS_URL, TARGET_URL, COUNT } = process.env;
if (!REDIS_URL || !TARGET_URL || !COUNT) throw new Error('REDIS_URL, TARGET_URL and COUNT are needed');
const count = Number(COUNT);
const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const name = `bare-${randomUUID()}`;
const queue = new Queue<{ body: string }>(name, { connection });
const dispatcher = new Agent({ connections: 50 });

let open = 0;
let allDone: () => void = () => undefined;
const worker = new Worker<{ body: string }>(
  name,
  async (job) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', 'whsec_baseline').update(`${timestamp}.${job.data.body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-signature-timestamp': timestamp, 'x-signature-hmac-sha256': signature };
    const answer = await request(TARGET_URL, { method: 'POST', body: job.data.body, headers, dispatcher });
    await answer.body.dump();
  },
  { connection: connection.duplicate(), concurrency: 50, removeOnComplete: { count: 0 } },
);
worker.on('completed', () => {
  if (--open === 0) allDone();
});

async function round(): Promise<number> {
  open = count;
  const finished = new Promise<void>((resolve) => {
    allDone = resolve;
  });
  const bodies = Array.from({ length: count }, () => JSON.stringify({ id: randomUUID(), externalReference: randomUUID(), status: 1 }));
  const started = performance.now();
  for (let added = 0; added < count; added += 200) {
    await queue.addBulk(bodies.slice(added, added + 200).map((body) => ({ name: 'deliver', data: { body } })));
  }
  await finished;
  return count / ((performance.now() - started) / 1000);
}

process.stdout.write(JSON.stringify({ justStarted: await round(), warm: await round() }));
process.exit(0);
