/** Health of the process: alive, ready, and figures for monitoring. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Services } from '../services.ts';

/** Serves /healthz (the process answers), /readyz (its stores can be read) and /metrics (loopback only). */
export function serveHealth(app: FastifyInstance, { catalogue, fleet, forecasts, ledger }: Services): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'xunbo_players_online',
    help: 'Players connected now',
    registers: [registry],
    collect() {
      this.set(fleet.onlineCount());
    },
  });
  new Gauge({
    name: 'xunbo_forecasts_made',
    help: 'Forecasts of a screen’s day made since the start',
    registers: [registry],
    collect() {
      this.set(forecasts.made());
    },
  });
  app.get('/healthz', { schema: { hide: true } }, () => ({ ok: true }));
  app.get('/readyz', { schema: { hide: true } }, async () => {
    await ledger.segments.position('readiness');
    return { ok: true, screens: catalogue.snapshot().screens.size };
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isLoopback(request.ip)) return reply.callNotFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

const isLoopback = (address: string): boolean => address === '::1' || address.replace('::ffff:', '').startsWith('127.');
