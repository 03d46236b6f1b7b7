import { fileURLToPath } from 'node:url';
import { isWritablePrimary } from './mongo-primary.js';
import type { RunningServer } from './running-server.js';
import { ServerProcess } from './server-process.js';
import type { Placement } from './server-process.js';

/** The stand-in in a process of its own, so that it can be killed like a real server. Runs from the sources when this file does. */
export async function startEmbeddedMongoProcess(placement: Placement): Promise<RunningServer> {
  const fromSources = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(`./embedded-mongo.main.${fromSources ? 'ts' : 'js'}`, import.meta.url));
  const loader = fromSources ? ['--conditions=@paygate/source', '--import', '@swc-node/register/esm-register'] : [];
  return ServerProcess.start(
    {
      name: 'the embedded MongoDB stand-in',
      command: process.execPath,
      args: ({ port, directory }) => [...loader, main, directory, String(port)],
      // Only what the child needs: the flags Jest runs under would slow it down or print warnings.
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        SWC_NODE_PROJECT: fileURLToPath(new URL('../../../../tsconfig.base.json', import.meta.url)),
      },
      url: (port) => `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
      answers: isWritablePrimary,
      installHint: 'It is part of this workspace; run npm install.',
    },
    placement,
  );
}
