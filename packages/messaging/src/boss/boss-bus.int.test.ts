import { createDatabase } from '@guichet/testing/database';
import { PgBoss } from 'pg-boss';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connected, listen, patience, revoked } from '../bus-bench-test.ts';
import { busContract } from '../bus-contract-test.ts';
import { neverDone } from '../parked-message.ts';

busContract(createDatabase);

test('a message whose worker dies each time is parked', async () => {
  const database = await createDatabase();
  onTestFinished(() => database.drop());
  const bus = await connected(database.url);
  const dying = await connected(database.url);
  await listen(dying, 'test.deadly');
  await dying.close();
  await bus.publish(revoked(1));

  const boss = new PgBoss({ connectionString: database.url, schema: 'messages' });
  await boss.start();
  onTestFinished(() => boss.stop({ graceful: false }));
  const queue = 'test.deadly/subject.revoked';
  for (let death = 0; death <= 20; death += 1) {
    const [job] = await boss.fetch(queue);
    await boss.fail(queue, job?.id ?? 'none');
  }

  await vi.waitFor(
    async () =>
      expect(await bus.parked('test.deadly').list()).toMatchObject([
        { attempts: 0, error: neverDone, message: { sequence: 1 } },
      ]),
    patience,
  );
});
