import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { OutageAlarm } from './outage-alarm.js';

describe('OutageAlarm', () => {
  let lines: string[];
  let now: number;
  let alarm: OutageAlarm;
  const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });

  beforeEach(() => {
    lines = [];
    now = 0;
    alarm = new OutageAlarm(new MetricsRegistry('test'), () => now);
    const keep = (level: string) => (text: string) => lines.push(`${level}: ${text}`);
    Logger.overrideLogger({ log: keep('log'), warn: keep('warn'), error: keep('error') });
  });
  afterEach(() => {
    Logger.overrideLogger(true);
  });

  it('says nothing while all goes well', () => {
    alarm.worked();
    alarm.reconnected();
    expect(lines).toEqual([]);
  });

  it('tells of an outage once at each end', () => {
    for (let failure = 0; failure < 1_000; failure++) alarm.failed(refused);
    now = 12_300;
    alarm.reconnected();
    alarm.worked();
    expect(lines).toEqual([expect.stringMatching(/^error: .*ECONNREFUSED$/), expect.stringMatching(/^warn: .* 12 s and 1000 failures/)]);
  });

  it('takes failures and successes that take turns for one outage', () => {
    for (let turn = 0; turn < 100; turn++) {
      alarm.failed('timeout');
      now += 500;
      alarm.worked();
    }
    expect(lines).toHaveLength(1);
    now += 500;
    alarm.worked();
    expect(lines).toHaveLength(2);
  });
});
