import { describe, expect, it } from '@jest/globals';
import { whyUnsuitable } from './server-check.js';

const replicaSet = { setName: 'rs0' };

describe('whyUnsuitable', () => {
  it.each([
    ['a replica set in production', { version: '8.0.0', modules: [] }, replicaSet, true],
    ['an enterprise server', { version: '8.0.0', modules: ['enterprise'] }, replicaSet, true],
    ['a replica set that is not initiated yet', { version: '8.0.0' }, { isreplicaset: true }, true],
    ['a sharded cluster', { version: '8.0.0' }, { msg: 'isdbgrid' }, true],
    ['the stand-in in development', { modules: ['paygate-embedded'], paygateEmbedded: true }, replicaSet, false],
  ])('accepts %s', (_what, buildInfo, hello, production) => {
    expect(whyUnsuitable(buildInfo, hello, production)).toBeUndefined();
  });

  it.each([
    [
      'the stand-in in production, by its flag',
      { paygateEmbedded: true },
      replicaSet,
      true,
      /embedded development database.*MongoDB 7 or 8/,
    ],
    ['the stand-in in production, by its module', { modules: ['paygate-embedded'] }, replicaSet, true, /embedded development database/],
    ['a standalone server', { version: '8.0.0' }, {}, false, /no transactions.*replica set/],
    ['a standalone server in production', { version: '8.0.0' }, {}, true, /no transactions/],
  ])('refuses %s', (_what, buildInfo, hello, production, reason) => {
    expect(whyUnsuitable(buildInfo, hello, production)).toMatch(reason);
  });
});
