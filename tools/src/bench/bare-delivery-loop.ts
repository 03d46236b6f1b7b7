/** The baseline of the delivery bench: a BullMQ queue whose worker posts each job's body with undici. Prints deliveries per second. */
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

let done = 0;
const finished = new Promise<void>((resolve) => {
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
    if (++done === count) resolve();
  });
});

const started = performance.now();
for (let added = 0; added < count; added += 200) {
  const jobs = Array.from({ length: Math.min(200, count - added) }, () => ({
    name: 'deliver',
    data: { body: JSON.stringify({ id: randomUUID(), externalReference: randomUUID(), status: 1 }) },
  }));
  await queue.addBulk(jobs);
}
await finished;
process.stdout.write(String(count / ((performance.now() - started) / 1000)));
process.exit(0);
