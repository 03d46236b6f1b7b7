import { startEmbeddedMongo } from '@paygate/embedded-mongo';

// The program that startEmbeddedMongoProcess runs: node embedded-mongo.main.js <directory> <port>
const [dir, port] = process.argv.slice(2);
const server = await startEmbeddedMongo({ dir, port: Number(port) });
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
