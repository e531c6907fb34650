import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from './house.ts';

/** In the middle of the sale: a replica of the room is lost, and then Valkey with all it had. */
export async function loseThings({ room, valkey }: House, say: (line: string) => void) {
  await sleep(3_000);
  const [first] = room;
  await first.kill();
  say(`${first.name} is killed`);
  await sleep(5_000);
  await first.start();
  say(`${first.name} is back`);

  await valkey.stop();
  say('Valkey is gone, with all it had');
  await sleep(8_000);
  await valkey.start();
  say('Valkey is back, empty');
}
