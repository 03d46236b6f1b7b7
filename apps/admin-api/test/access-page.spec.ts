import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { ACCESS_TABLE } from '../src/access/index.js';
import { renderAccessPage } from './support/access-page.js';

const PAGE = new URL('../../../docs/access.md', import.meta.url);
const HOW_TO = 'Run UPDATE_DOCS=1 NODE_OPTIONS=--experimental-vm-modules npx jest --selectProjects admin-api -- access-page';

it('docs/access.md is what the access table says', async () => {
  const options = await resolveConfig(PAGE);
  const expected = await format(renderAccessPage(ACCESS_TABLE), { ...options, parser: 'markdown' });
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, expected);
  expect({ page: readFileSync(PAGE, 'utf8'), HOW_TO }).toEqual({ page: expected, HOW_TO });
});
