import { setTimeout as sleep } from 'node:timers/promises';
import { startSpanSink } from '../memory/span-sink.ts';
import { assertInvariants } from './assert-invariants.ts';
import type { Lab } from './lab.ts';
import type { Contender, Scenario } from './scenario.ts';
import { wrk } from './wrk.ts';

const connections = 64;
const customers = 500;
const plenty = 1_000_000;

/** A setting that lists where services are, with one of them elsewhere. */
const elsewhere = (services: string, service: string, url: URL) =>
  services
    .split(',')
    .map((one) => (one.startsWith(`${service}=`) ? `${service}=${url.origin}` : one))
    .join(',');

/** A gateway beside the stack’s, which finds reservation at another address. */
async function gatewayTo(lab: Lab, reservation: URL, env: Record<string, string> = {}) {
  const { SERVICES = '' } = lab.beside.settingsOf('gateway');
  const services = elsewhere(SERVICES, 'reservation', reservation);
  return lab.beside.start('gateway', { SERVICES: services, ...env });
}

/** A gateway and a reservation of which every trace that is sampled goes out. */
async function startTraced(lab: Lab) {
  const sink = await startSpanSink();
  const traced = { OTEL_SDK_DISABLED: 'false', OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };
  const reservation = await lab.beside.start('reservation', traced);
  const gateway = await gatewayTo(lab, reservation.url, traced);
  return {
    url: gateway.url,
    async end() {
      // The last batch goes out within five seconds; a process that ends sends it at once.
      await lab.beside.end(gateway);
      await lab.beside.end(reservation);
      for (let tries = 0; sink.batches() === 0 && tries < 50; tries += 1) await sleep(100);
      sink.close();
      if (sink.batches() === 0) throw new Error('Nothing was traced where everything should be.');
    },
  };
}

/**
 * The way a customer’s booking takes: both the gateway and reservation verify the access token, each
 * once and then from its cache. What tracing adds is of the processes on that way; the facts are
 * published by whichever reservation holds the lock, which is the stack’s own.
 */
export const throughGateway: Scenario = {
  id: 'd',
  title: 'Through the gateway, with the access tokens of 500 customers',
  async prepare(lab) {
    const tokensFile = await lab.tokens(customers);
    const spread = await lab.spreadSale(1_000);
    const hot = await lab.hotSale(plenty);
    const doNothing = await gatewayTo(lab, lab.noopUrl);
    const traced = await startTraced(lab);
    const untraced = new URL('/api/bookings', lab.stack.gateway);

    const books = (name: string, url: URL, { quotesFile }: typeof hot): Contender => ({
      name,
      load: (seconds) => wrk({ url, quotesFile, tokensFile, connections, seconds }),
      async check({ outcomes, done }) {
        const placed = outcomes[201] ?? 0;
        if (placed < done) throw new Error(`Of ${done} bookings ${placed} were placed.`);
        await assertInvariants(lab.pool, placed);
      },
    });
    const hops: Contender = {
      name: 'two no-ops',
      load: (seconds) =>
        wrk({ url: doNothing.url, quotesFile: hot.quotesFile, connections, seconds }),
    };
    return {
      contenders: [
        books('hot', untraced, hot),
        books('spread', untraced, spread),
        hops,
        books('hot traced', traced.url, hot),
        books('spread traced', traced.url, spread),
      ],
      async end() {
        await lab.beside.end(doNothing);
        await traced.end();
      },
    };
  },
  ratios: [
    { name: 'hot, over two no-ops', of: 'hot', over: 'two no-ops', reach: 0.4, aim: 0.6 },
    { name: 'spread, over two no-ops', of: 'spread', over: 'two no-ops', reach: 0.4, aim: 0.6 },
    { name: 'hot, traced', of: 'hot traced', over: 'two no-ops', reach: 0.25, aim: 0.45 },
    { name: 'spread, traced', of: 'spread traced', over: 'two no-ops', reach: 0.25, aim: 0.45 },
  ],
};
