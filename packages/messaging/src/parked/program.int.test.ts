import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '@guichet/testing/database';
import { createVhost } from '@guichet/testing/vhost';
import { describe, expect, test, vi } from 'vitest';
import { type Bus, PermanentError } from '../bus.ts';
import { auditOf, connected, inPlace, type MakePlace, patience } from '../bus-bench-test.ts';
import { createMessage } from '../message.ts';
import { run } from './program-test.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const failpoints = fileURLToPath(import.meta.resolve('@guichet/testing/failpoints'));
const consumer = 'notification.accounts';
const email = 'ann@example.org';
const token = 'a-reset-link-that-nobody-else-may-use';

/** The signal that ended the program, which a failpoint killed. */
async function killedAt(step: string, url: string, words: string[]): Promise<unknown> {
  const child = spawn(process.execPath, ['--import', failpoints, main, ...words], {
    env: { PATH: process.env.PATH, MESSAGES_URL: url, USER: 'anna', GUICHET_FAILPOINT: step },
    stdio: 'ignore',
  });
  const [code, signal] = await once(child, 'close');
  return signal ?? code;
}

const resetAsked = () =>
  createMessage({
    source: 'test',
    type: 'customer.password_reset_asked',
    subject: '0197a6f0-0000-7000-8000-000000000001',
    sequence: 1,
    data: {
      customerId: '0197a6f0-0000-7000-8000-000000000001',
      email,
      firstName: 'Ann',
      language: 'fr',
      token,
      expiresAt: '2026-11-20T10:00:00.000Z',
    },
  });

const countIs = (bus: Bus, count: number) =>
  vi.waitFor(async () => expect(await bus.parked(consumer).count()).toBe(count), patience);

/** Two messages that are parked for as long as `broken`. */
async function parkTwo(makePlace: MakePlace) {
  const url = await inPlace(makePlace);
  const bus = await connected(url);
  const state = { broken: true, done: [] as string[] };
  await bus.subscribe({
    consumer,
    types: ['customer.password_reset_asked'],
    async handle({ id }) {
      if (state.broken) throw new PermanentError(`No mailbox ${email}.`);
      state.done.push(id);
    },
  });
  const [first, second] = [resetAsked(), resetAsked()];
  for (const [nth, message] of [first, second].entries()) {
    await bus.publish(message);
    await countIs(bus, nth + 1);
  }
  return { url, bus, state, first, second };
}

describe.each([
  ['RabbitMQ', createVhost],
  ['PostgreSQL', createDatabase],
])('on %s', (_, makePlace) => {
  test('lists who has what, and shows one without what is secret unless told', async () => {
    const { url, first, second } = await parkTwo(makePlace);

    expect((await run(url, ['list'])).out).toMatch(/^notification.accounts +2\n$/);
    const { out } = await run(url, ['list', consumer, '--limit', '1']);
    expect(out).toContain(`${first.id}  customer.password_reset_asked`);
    expect(out).toContain('No mailbox [hidden]');
    expect(out).not.toContain(second.id);
    expect(out).toContain('… and 1 more: --limit 2 shows them.');

    const shown = await run(url, ['show', consumer, second.id]);
    expect(shown).toMatchObject({ end: 0, err: '' });
    expect(shown.out).not.toMatch(new RegExp(`${email}|${token}|Ann`));
    expect(JSON.parse(shown.out)).toMatchObject({
      id: second.id,
      attempts: 1,
      message: { id: second.id, data: { token: '[hidden]', language: 'fr' } },
    });
    const revealed = await run(url, ['show', consumer, second.id, '--reveal']);
    expect(JSON.parse(revealed.out)).toMatchObject({
      error: `No mailbox ${email}.`,
      message: second,
    });
  });

  test('replays and discards, and the audit log says who and why', async () => {
    const { url, bus, state, first, second } = await parkTwo(makePlace);
    const audit = await auditOf(bus);
    state.broken = false;

    const why = ['--by', 'bob', '--reason', 'It is out of date.'];
    expect(await run(url, ['discard', consumer, first.id, ...why])).toEqual({
      end: 0,
      out: `${first.id} of ${consumer} is discarded.\n`,
      err: '',
    });
    expect(await run(url, ['replay', consumer, 'all'], { USER: 'anna' })).toEqual({
      end: 0,
      out: `1 message of ${consumer} will be delivered again.\n`,
      err: '',
    });

    await vi.waitFor(() => expect(state.done).toEqual([second.id]), patience);
    await countIs(bus, 0);
    expect((await run(url, ['list', consumer])).out).toBe(`Nothing is parked for ${consumer}.\n`);
    await vi.waitFor(() => expect(audit).toHaveLength(2), patience);
    expect(audit.map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          actorId: 'operator:bob',
          action: 'message.discarded',
          target: `${consumer}/${first.id}`,
          reason: 'It is out of date.',
        }),
        expect.objectContaining({ actorId: 'operator:anna', action: 'message.replayed' }),
      ]),
    );
  });

  test('loses nothing when it is killed while it replays or discards', async () => {
    const { url, bus, state, first, second } = await parkTwo(makePlace);
    const audit = await auditOf(bus);

    const discard = ['discard', consumer, first.id, '--reason', 'x'];
    expect(await killedAt('parked.discarded', url, discard)).toBe('SIGKILL');
    await countIs(bus, 2);

    state.broken = false;
    const replay = ['replay', consumer, 'all'];
    expect(await killedAt('parked.replayed:2', url, replay)).toBe('SIGKILL');
    // What was sent has arrived, and what was not yet let go of is still there.
    const both = new Set([first.id, second.id]);
    await vi.waitFor(() => expect(new Set(state.done)).toEqual(both), patience);
    await vi.waitFor(
      async () => expect(await bus.parked(consumer).find(second.id)).toBeDefined(),
      patience,
    );
    await vi.waitFor(() => expect(audit).toHaveLength(3), patience);
  });

  test('says what is not there, and ends with 3', async () => {
    const { url } = await parkTwo(makePlace);

    expect(await run(url, ['list', 'notification.acounts'])).toEqual({
      end: 3,
      out: '',
      err: expect.stringMatching(/^There is no consumer notification.acounts. There are:\nnotif/),
    });
    const asked = [['show'], ['replay', '--by', 'b'], ['discard', '--by', 'b', '--reason', 'r']];
    for (const [action = '', ...more] of asked) {
      expect(await run(url, [action, consumer, 'nothing', ...more])).toEqual({
        end: 3,
        out: '',
        err: `No message nothing is parked for ${consumer}.\n`,
      });
    }
  });
});

test('loses nothing when it is killed while it looks', async () => {
  const { url, bus, first, second } = await parkTwo(createVhost);

  expect(await killedAt('parked.held:2', url, ['list', consumer])).toBe('SIGKILL');
  await countIs(bus, 2);
  expect(await bus.parked(consumer).list()).toMatchObject([
    { id: first.id, attempts: 1 },
    { id: second.id, attempts: 1 },
  ]);
});
