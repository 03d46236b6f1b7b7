// `node --conditions=@paygate/source --import <this file> some.ts` runs TypeScript sources of the workspace without a build.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
