import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  readonly signals: Counter<'result'>;
  readonly refusals: Counter<'reason'>;
  readonly requests: Counter<'type' | 'result'>;
  readonly rings: Counter<'result'>;
  gauge(name: string, help: string, read: () => number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counts only: no label ever names a person, an address or an id. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = <T extends string>(name: string, help: string, labelNames: T[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  return {
    signals: counter('alongside_signals_total', 'PeerJS messages received, by what became of them', ['result']),
    refusals: counter('alongside_refusals_total', 'Connections and requests that were refused, by reason', ['reason']),
    requests: counter('alongside_requests_total', 'Requests on the desk socket, by type and result', [
      'type',
      'result',
    ]),
    rings: counter('alongside_rings_total', 'Rings, by how they ended', ['result']),
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({ name, help, registers: [], collect: () => gauge.set(read()) });
      registry.registerMetric(gauge);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
