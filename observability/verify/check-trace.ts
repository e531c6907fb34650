import type { Jaeger } from '../watchers/jaeger.ts';
import { until } from '../watchers/until.ts';
import type { Check } from './check.ts';
import type { Bought } from './purchase.ts';
import { silentIn, whyNoTree } from './tree.ts';

/** From the request to pay to the e-mail. */
const onTheWay = ['gateway', 'payment', 'reservation', 'notification'];
/** The services send spans every 5 s; the collector waits for the last of them before it decides. */
const decidedWithinMs = 90_000;

export const checkTrace = (watched: { jaeger: Jaeger }, { traceId, callerId }: Bought): Check => ({
  name: 'its spans form one tree',
  advice: `look at /trace/${traceId} in Jaeger, and at what the collector says of itself`,
  see: () =>
    until(decidedWithinMs, async () => {
      const spans = await watched.jaeger.spans(traceId);
      const silent = silentIn(spans, onTheWay);
      if (silent.length > 0) throw new Error(`there is no span of ${silent.join(', ')}`);
      const why = whyNoTree(spans, callerId);
      if (why) throw new Error(`of ${spans.length} spans ${why}`);
      return `${spans.length} spans of ${onTheWay.join(', ')}`;
    }),
});
