import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CounterConfiguration, GaugeConfiguration, HistogramConfiguration, Metric } from 'prom-client';

/**
 * The Prometheus metrics of one service. Asking twice for the same name gives the same metric, so classes that exist
 * several times can each ask.
 */
export class MetricsRegistry {
  readonly registry = new Registry();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string>(options: CounterConfiguration<L>): Counter<L> {
    return this.existing(options.name, Counter<L>) ?? new Counter({ ...options, registers: [this.registry] });
  }

  histogram<L extends string>(options: HistogramConfiguration<L>): Histogram<L> {
    return this.existing(options.name, Histogram<L>) ?? new Histogram({ ...options, registers: [this.registry] });
  }

  gauge<L extends string>(options: GaugeConfiguration<L>): Gauge<L> {
    return this.existing(options.name, Gauge<L>) ?? new Gauge({ ...options, registers: [this.registry] });
  }

  private existing<M extends Metric>(name: string, kind: new (...args: never[]) => M): M | undefined {
    const metric: unknown = this.registry.getSingleMetric(name);
    if (metric === undefined) return undefined;
    if (metric instanceof kind) return metric;
    throw new TypeError(`the metric ${name} already exists as another kind`);
  }
}
