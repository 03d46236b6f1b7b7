const { startEmbeddedMongo } = (await import('@paygate/embedded-mongo')) as unknown as {
  startEmbeddedMongo: (options: { dir: string; port: number }) => Promise<{ stop(): Promise<void> }>;
};

const [dir = '', port = ''] = process.argv.slice(2);
const server = await startEmbeddedMongo({ dir, port: Number(port) });
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
