import { describe, expect, it } from '@jest/globals';
import { MetricsRegistry } from './metrics-registry.js';

describe('MetricsRegistry', () => {
  it('gives the same metric for the same name', async () => {
    const metrics = new MetricsRegistry('probe');
    const options = { name: 'things_total', help: 'Things.', labelNames: ['kind'] as const };
    metrics.counter(options).inc({ kind: 'a' });
    metrics.counter(options).inc({ kind: 'a' });
    expect(await metrics.registry.metrics()).toContain('things_total{kind="a",service="probe"} 2');
    expect(metrics.gauge({ name: 'level', help: 'Level.' })).toBe(metrics.gauge({ name: 'level', help: 'Level.' }));
    expect(metrics.histogram({ name: 'seconds', help: 'Time.' })).toBe(metrics.histogram({ name: 'seconds', help: 'Time.' }));
  });

  it('refuses a name of another kind', () => {
    const metrics = new MetricsRegistry('probe');
    metrics.counter({ name: 'things_total', help: 'Things.' });
    expect(() => metrics.gauge({ name: 'things_total', help: 'Things.' })).toThrow('things_total');
  });

  it('keeps services apart', async () => {
    const one = new MetricsRegistry('one');
    new MetricsRegistry('two').counter({ name: 'only_two_total', help: 'Two.' }).inc();
    expect(await one.registry.metrics()).not.toContain('only_two_total');
    expect(await one.registry.metrics()).toContain('process_cpu_seconds_total');
  });
});
