import { describe, expect, it } from '@jest/globals';
import { AdminConfig } from '../admin-config.js';
import { TargetRule } from './target-rule.js';

const ruleIn = (mode: AdminConfig['NODE_ENV']): TargetRule => new TargetRule(Object.assign(new AdminConfig(), { NODE_ENV: mode }));

describe('where notifications may go', () => {
  it.each(['https://shop.example/hooks', 'HTTPS://shop.example'])('in production: %s', (url) => {
    expect(() => ruleIn('production').check(url)).not.toThrow();
  });

  it('in production not without encryption, elsewhere also so', () => {
    expect(() => ruleIn('production').check('http://shop.example', 'endpoint_url')).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        details: [expect.objectContaining({ field: 'endpoint_url', code: 'https_url' })],
      }),
    );
    expect(() => ruleIn('test').check('http://shop.example')).not.toThrow();
  });
});
