import { createDatabase } from '@guichet/testing/database';
import { createVhost } from '@guichet/testing/vhost';
import { describe, expect, test } from 'vitest';
import { inPlace } from '../bus-bench-test.ts';
import { run } from './program-test.ts';

describe('ends with 1 and a sentence', () => {
  test.each([
    ['RabbitMQ', 'amqp://ann:hunter2@127.0.0.1:1', /amqp:\/\/ann@127.0.0.1:1 .*ECONNREFUSED/],
    ['PostgreSQL', 'postgres://ann:hunter2@127.0.0.1:1/x', /postgres:.*ECONNREFUSED/],
  ])('where no %s listens', async (_, url, sentence) => {
    const { end, out, err } = await run(url, ['list']);

    expect({ end, out }).toEqual({ end: 1, out: '' });
    expect(err).toMatch(sentence);
    expect(err).not.toContain('hunter2');
  });

  test.each([
    ['RabbitMQ', createVhost, "no exchange 'guichet.events'"],
    ['PostgreSQL', createDatabase, 'not installed'],
  ])('on a %s where no service has been, and makes nothing there', async (_, makePlace, why) => {
    const url = await inPlace(makePlace);

    for (let time = 0; time < 2; time += 1) {
      const { end, err } = await run(url, ['list']);
      expect({ end, err }).toEqual({ end: 1, err: expect.stringContaining(why) });
    }
  });

  test('where RabbitMQ wants another password', async () => {
    const url = new URL(await inPlace(createVhost));
    url.password = 'wrong';

    const { end, err } = await run(url.href, ['list']);
    expect({ end, err }).toEqual({ end: 1, err: expect.stringContaining('ACCESS-REFUSED') });
  });
});

test('ends with 2 where the settings or the words are wrong', async () => {
  const wrong = [
    await run('http://127.0.0.1', ['list']),
    await run('', ['list']),
    await run('amqp://127.0.0.1', ['remove']),
  ];

  expect(wrong).toEqual([
    { end: 2, out: '', err: expect.stringContaining('MESSAGES_URL: Invalid') },
    { end: 2, out: '', err: expect.stringContaining('MESSAGES_URL: is missing') },
    { end: 2, out: '', err: expect.stringContaining('"remove" is none of') },
  ]);
});

test('helps, also where no setting is made', async () => {
  expect(await run('', ['--help'])).toMatchObject({
    end: 0,
    out: expect.stringContaining('discard <consumer>'),
  });
});
