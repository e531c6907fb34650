import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { type ConfigVolume, createConfigVolume } from '@guichet/testing/config-volume';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { followConfig } from './follow-config.ts';
import { loadConfig } from './load-config.ts';
import { live, secret } from './setting.ts';

const count = z.coerce.number().int().positive();
const schema = z.object({
  drainMs: count.default(5).describe('How long it drains.'),
  shortest: live(count.default(10)),
  longest: live(count.default(20)),
  password: live(secret(z.string().min(8).default('secret-as-ever'))),
});
const check = ({ shortest, longest }: z.output<typeof schema>) =>
  shortest > longest ? [{ key: 'shortest', message: 'is longer than LONGEST' }] : [];

const patience = { timeout: 30_000, interval: 20 };
/** Never within a test: what is seen is seen by an event. */
const seldom = 3_600_000;

function follow({
  settings = {},
  env = {},
  ...how
}: {
  settings?: Record<string, string>;
  env?: Record<string, string>;
  everyMs?: number;
  events?: boolean;
}) {
  const volume = createConfigVolume(settings);
  const config = loadConfig(schema, { env, folder: volume.folder, check });
  const metrics = createMetrics({ service: 'test' });
  const logger = createLogger({ service: 'test', level: 'silent' });
  const [info, warn] = [vi.spyOn(logger, 'info'), vi.spyOn(logger, 'warn')];
  const onChange = vi.fn();
  const following = followConfig({ config, logger, metrics, onChange, everyMs: seldom, ...how });
  onTestFinished(() => {
    following.stop();
    volume.remove();
  });
  return {
    volume,
    config,
    onChange,
    warnings: () => warn.mock.calls.map(([line]) => String(line)),
    said: () => JSON.stringify([info.mock.calls, warn.mock.calls]),
    async failures(): Promise<Record<string, number>> {
      const metric = metrics.registry.getSingleMetric('guichet_config_reload_failures_total');
      const { values } = (await metric?.get()) ?? { values: [] };
      return Object.fromEntries(values.map(({ labels, value }) => [labels.setting, value]));
    },
  };
}

describe.each([
  ['the folder’s events', {}],
  ['looking again, where the file system gives no events', { events: false, everyMs: 20 }],
])('by %s', (_, how) => {
  test('a live setting follows its ConfigMap, and falls back to its default when it is taken out', async () => {
    const { volume, config, onChange } = follow({ settings: { LONGEST: '30' }, ...how });
    expect(config.live().longest).toBe(30);

    volume.put({ LONGEST: '40' });
    await vi.waitFor(() => expect(config.live().longest).toBe(40), patience);
    expect(config.view().LONGEST).toEqual({ value: 40, source: 'file', live: true });

    volume.put({});
    await vi.waitFor(() => expect(config.live().longest).toBe(20), patience);
    expect(config.view().LONGEST).toEqual({ value: 20, source: 'default', live: true });
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test('a wrong value is refused: the old one stays, one warning and one count say so, and no other setting waits for it', async () => {
    const { volume, config, warnings, failures } = follow({ settings: { LONGEST: '30' }, ...how });

    volume.put({ LONGEST: 'hunter2', SHORTEST: '11' });
    await vi.waitFor(() => expect(config.live().shortest).toBe(11), patience);
    volume.put({ LONGEST: 'hunter2', SHORTEST: '12' });
    await vi.waitFor(() => expect(config.live().shortest).toBe(12), patience);

    expect(config.live().longest).toBe(30);
    expect(warnings()).toEqual([expect.stringMatching(/old one stays.* LONGEST: /)]);
    expect(warnings().join()).not.toContain('hunter2');
    expect(await failures()).toEqual({ LONGEST: 1 });
    expect(config.view().LONGEST).toMatchObject({
      value: 30,
      note: expect.stringMatching(/refused/),
    });

    volume.put({ LONGEST: '50', SHORTEST: '12' });
    await vi.waitFor(() => expect(config.live().longest).toBe(50), patience);
    expect(config.view().LONGEST).not.toHaveProperty('note');
  });
});

const quick = { events: false, everyMs: 20 };
/** Another setting that has followed shows that the look which matters is over. */
const looked = async (
  volume: ConfigVolume,
  config: { live(): { password: string } },
  settings: Record<string, string>,
) => {
  const password = `looked-${Math.random()}`;
  volume.put({ ...settings, PASSWORD: password });
  await vi.waitFor(() => expect(config.live().password).toBe(password), patience);
};

test('settings that are wrong together are refused together, until they are right together', async () => {
  const { volume, config, warnings, failures } = follow(quick);

  volume.put({ SHORTEST: '30' });
  await vi.waitFor(() => expect(warnings()).toHaveLength(1), patience);
  expect(warnings()[0]).toContain('SHORTEST: is longer than LONGEST');
  expect(config.live()).toMatchObject({ shortest: 10, longest: 20 });
  expect(await failures()).toEqual({ SHORTEST: 1 });

  volume.put({ SHORTEST: '30', LONGEST: '40' });
  await vi.waitFor(
    () => expect(config.live()).toMatchObject({ shortest: 30, longest: 40 }),
    patience,
  );
});

test('a setting that is not live stays, and one warning says that it takes effect at the next restart', async () => {
  const { volume, config, warnings } = follow({ settings: { DRAIN_MS: '7' }, ...quick });

  await looked(volume, config, { DRAIN_MS: '8' });
  await looked(volume, config, { DRAIN_MS: '8' });

  expect(config.values.drainMs).toBe(7);
  expect(warnings()).toEqual(['DRAIN_MS has changed; it takes effect at the next restart']);
  expect(config.view().DRAIN_MS).toMatchObject({
    value: 7,
    note: expect.stringMatching(/restart/),
  });

  await looked(volume, config, { DRAIN_MS: '7' });
  expect(config.view().DRAIN_MS).not.toHaveProperty('note');
});

test('a setting that is not live and now wrong is told of before a restart fails by it', async () => {
  const { volume, config, warnings, failures } = follow(quick);

  await looked(volume, config, { DRAIN_MS: 'soon' });

  expect(warnings()).toEqual([expect.stringContaining('DRAIN_MS: ')]);
  expect(await failures()).toEqual({ DRAIN_MS: 1 });
});

test('what the environment gives never follows a file', async () => {
  const { volume, config } = follow({ env: { LONGEST: '25' }, ...quick });

  await looked(volume, config, { LONGEST: '40' });

  expect(config.live().longest).toBe(25);
});

test('a secret that changes is in effect, and in no line', async () => {
  const { volume, config, said } = follow(quick);

  volume.put({ PASSWORD: 'hunter2hunter2' });
  await vi.waitFor(() => expect(config.live().password).toBe('hunter2hunter2'), patience);
  await vi.waitFor(() => expect(said()).toContain('PASSWORD has changed'), patience);

  expect(said()).not.toContain('hunter2');
});

test('a folder that is gone changes nothing, is told once, and is followed again when it is back', async () => {
  const { volume, config, warnings, failures } = follow({ settings: { LONGEST: '30' }, ...quick });

  renameSync(volume.folder, `${volume.folder}-gone`);
  await vi.waitFor(() => expect(warnings()).toHaveLength(1), patience);
  expect(config.live().longest).toBe(30);
  expect(await failures()).toEqual({ CONFIG_DIR: 1 });

  renameSync(`${volume.folder}-gone`, volume.folder);
  await looked(volume, config, { LONGEST: '40' });
  expect(config.live().longest).toBe(40);
  expect(warnings()).toHaveLength(1);
});

test('a file that NAME_FILE names is followed too', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  const file = join(elsewhere, 'longest');
  writeFileSync(file, '30');
  const { config } = follow({ env: { LONGEST_FILE: file }, everyMs: 20 });

  writeFileSync(file, '40');

  await vi.waitFor(() => expect(config.live().longest).toBe(40), patience);
});
