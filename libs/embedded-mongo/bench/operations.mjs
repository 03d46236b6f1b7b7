/*
 * Run by hand after a build: node libs/embedded-mongo/bench/operations.mjs
 * Server and client are separate processes. On a busy machine look at the CPU time of the server per operation, not at the rate.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, ObjectId } from 'mongodb';

const DOCUMENTS = 50_000;
const TICK_MS = 10;
const dir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
const server = spawn(process.execPath, [join(import.meta.dirname, '../dist/cli.js'), '--dir', dir], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const { uri } = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(JSON.parse(line))));

/** CPU time the server has used so far, in milliseconds (Linux). */
function serverCpu() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const client = await new MongoClient(uri, { maxPoolSize: 32 }).connect();
const c = client.db('bench').collection('c');
await c.createIndex({ u: 1 }, { unique: true }, {});
await c.createIndex({ cat: 1, amount: -1 }, {}, {});

async function rate(name, count, clients, operation) {
  for (let i = 0; i < 200; i++) await operation(i);
  const latencies = [];
  const cpu = serverCpu();
  const start = performance.now();
  let i = 0;
  const worker = async () => {
    while (i < count) {
      const began = performance.now();
      await operation(i++);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, worker));
  const ms = performance.now() - start;
  latencies.sort((a, b) => a - b);
  const perOperation = ((serverCpu() - cpu) * 1000) / count;
  console.log(
    `${name.padEnd(44)} x${String(clients).padEnd(3)} ${((count / ms) * 1000).toFixed(0).padStart(6)}/s  p50 ${latencies[count >> 1].toFixed(2)} ms  server ${perOperation.toFixed(0)} us`,
  );
}

async function once(name, operation) {
  await operation();
  const cpu = serverCpu();
  const start = performance.now();
  await operation();
  console.log(`${name.padEnd(44)}      ${(performance.now() - start).toFixed(0).padStart(6)} ms  server ${serverCpu() - cpu} ms`);
}

let sequence = 0;
const made = (i) => ({
  u: `k${sequence++}`,
  cat: i % 100,
  amount: i * 1.5,
  at: new Date(1.7e12 + (i % 365) * 86_400_000),
  name: `name ${i}`,
  tags: ['a', 'b'],
  addr: { city: `C${i % 50}` },
});

await rate('insertOne', 2000, 1, (i) => c.insertOne(made(i)));
await rate('insertOne', 6000, 16, (i) => c.insertOne(made(i)));
const ids = [];
const cpu = serverCpu();
const start = performance.now();
for (let b = 0; b < DOCUMENTS; b += 1000) {
  const batch = Array.from({ length: 1000 }, (_, i) => ({ _id: new ObjectId(), ...made(b + i), u: `u${b + i}` }));
  ids.push(...batch.map((d) => d._id));
  await c.insertMany(batch);
}
console.log(
  `${'insertMany 50,000'.padEnd(44)}      ${(performance.now() - start).toFixed(0).padStart(6)} ms  server ${serverCpu() - cpu} ms`,
);
const pick = (i) => (i * 7919) % DOCUMENTS;
await rate('findOne by _id', 3000, 1, (i) => c.findOne({ _id: ids[pick(i)] }));
await rate('findOne by _id', 8000, 16, (i) => c.findOne({ _id: ids[pick(i)] }));
await rate('findOneAndUpdate by unique index', 2000, 1, (i) =>
  c.findOneAndUpdate({ u: `u${pick(i)}` }, { $inc: { n: 1 }, $set: { at: new Date() } }),
);
await rate('findOneAndUpdate by unique index', 6000, 16, (i) =>
  c.findOneAndUpdate({ u: `u${pick(i)}` }, { $inc: { n: 1 }, $set: { at: new Date() } }),
);
await rate('find 20 of 500, sorted by the index', 1000, 1, (i) =>
  c
    .find({ cat: i % 100 })
    .sort({ amount: -1 })
    .limit(20)
    .toArray(),
);
await rate('transaction: 2 inserts and 1 update', 600, 1, (i) =>
  client.withSession((session) =>
    session.withTransaction(async () => {
      await c.insertOne(made(i), { session });
      await c.insertOne(made(i), { session });
      await c.updateOne({ u: `u${pick(i)}` }, { $inc: { n: 1 } }, { session });
    }),
  ),
);
await once('group 50,000 by category', () =>
  c.aggregate([{ $group: { _id: '$cat', s: { $sum: '$amount' }, a: { $avg: '$amount' }, n: { $sum: 1 } } }]).toArray(),
);
await once('group 50,000 by month of a time zone', () =>
  c
    .aggregate([{ $group: { _id: { $dateTrunc: { date: '$at', unit: 'month', timezone: 'Europe/Madrid' } }, s: { $sum: '$amount' } } }])
    .toArray(),
);
await once('scan 50,000, sort, limit 20', () =>
  c
    .find({ amount: { $gt: 30_000 } })
    .sort({ at: -1 })
    .limit(20)
    .toArray(),
);
await once('count 50,000 with a filter', () => c.countDocuments({ amount: { $gt: 10 } }));
await once('read 50,000', () => c.find().toArray());
await client.close();
server.kill('SIGTERM');
await new Promise((resolve) => server.once('exit', resolve));
rmSync(dir, { recursive: true });
