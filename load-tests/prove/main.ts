import { openHouse, openWorld } from './house.ts';
import { observe, readJournals } from './observer.ts';
import { openSale } from './buyers/sale.ts';
import { startCrowd } from './buyers/crowd.ts';
import { createRecorder } from './buyers/recorder.ts';
import { seeded } from './seeded.ts';
import { settle } from './settle.ts';
import { checkHistory } from './history/check-history.ts';
import { wrongNow } from './invariants.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const t0 = performance.now();
const log = (...s: unknown[]) => console.log(((performance.now() - t0) / 1000).toFixed(1), ...s);
const world = await openWorld();
log('world');
const house = await openHouse(world);
log('house');
try {
  const seed = seeded(1);
  await observe(house.pool);
  const sale = await openSale(world, 4, seed);
  log('sale');
  const recorder = createRecorder();
  const crowd = startCrowd({ size: 200, house, sale, recorder, seed });
  await sleep(5000);
  log('ops', recorder.operations.length);
  recorder.during('kill');
  await house.replicas[0].kill();
  await house.replicas[0].start();
  log('killed', recorder.operations.length, await wrongNow(house.pool));
  await sleep(5000);
  await crowd.leave();
  log('left', recorder.operations.length);
  const s = await settle(house);
  log('settled', s.wrong.slice(0, 20), s.bookings.length, s.charges.size);
  const journals = await readJournals(house.pool, sale.slotIds);
  const r = checkHistory({ operations: recorder.operations, journals });
  log('check', r.length, r.slice(0, 10));
  console.log(Object.entries(Object.groupBy(recorder.operations, (o) => `${o.op} ${o.outcome} ${o.outcome === 'ok' ? '' : o.code}`)).map(([k, v]) => `${k}: ${v?.length}`).join('\n'));
  console.log(Object.entries(Object.groupBy(s.bookings, (o) => `${o.status}`)).map(([k, v]) => `${k}: ${v?.length}`).join('\n'));
} finally {
  await house.end();
  await world.end();
  log('end');
}
