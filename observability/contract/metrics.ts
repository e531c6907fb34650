import { door } from './metrics/door.ts';
import { holding } from './metrics/holding.ts';
import { money } from './metrics/money.ts';
import { placing } from './metrics/placing.ts';
import { prescaling } from './metrics/prescaling.ts';
import { serving } from './metrics/serving.ts';
import { telling } from './metrics/telling.ts';
import { waiting } from './metrics/waiting.ts';
import type { Metrics } from './shape.ts';

/**
 * Every metric by its name, but those of the process itself: `process_*` and `nodejs_*`, as
 * prom-client collects them, are in every service.
 *
 * Whom the sale turns away is in three of them: by the gateway for a queue that is too old
 * (`guichet_upstream_shed_total`), by an address's own haste (`http_requests_total` with status
 * 429), and by reservation (`guichet_placing_refused_total`, and the outcome `latched` of
 * `guichet_placing_outcomes_total`). A fourth would only say one of them again.
 */
export const metrics: Metrics = {
  ...serving,
  ...placing,
  ...holding,
  ...money,
  ...telling,
  ...waiting,
  ...prescaling,
  ...door,
};
