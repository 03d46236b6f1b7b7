/** The baseline of the key check bench: one Fastify route that answers the JSON of a file, to anybody. */
import fastify from 'fastify';
import { readFileSync } from 'node:fs';

const { PORT, ANSWER_FILE } = process.env;
if (!PORT || !ANSWER_FILE) throw new Error('PORT and ANSWER_FILE are needed');

const answer = JSON.parse(readFileSync(ANSWER_FILE, 'utf8')) as object;
const app = fastify();
app.get('/scopes', () => Promise.resolve(answer));
process.once('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
