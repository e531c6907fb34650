import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RootImage } from '@guichet/images/root/root-image';
import { startChild } from '@guichet/local-stack/providers/child';
import { freePorts, untilListening } from '@guichet/local-stack/providers/ports';
import { expect } from 'vitest';
import type { KubeObject } from '../helm.ts';

const images = join(import.meta.dirname, '../../../images');

type Variable = {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
};

/** What a rendered Secret has at a key. */
export function secretText(objects: readonly KubeObject[], name: string, key: string): string {
  const secret = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === name);
  const text = secret?.data[key];
  if (!text) throw new Error(`The Secret ${name} has no ${key}.`);
  return Buffer.from(text, 'base64').toString();
}

/** Where an exporter's metrics are, and its end. */
export type Exporter = { readonly url: string; stop(): Promise<void> };

/**
 * Runs the program of an exporter's image with the arguments and settings that its rendered pod has;
 * only where the server is becomes another: `moved` maps what the chart says of it to what is here.
 */
export async function startExporter(
  objects: readonly KubeObject[],
  {
    server,
    image,
    root,
    moved,
  }: {
    server: string;
    image: RootImage;
    root: string;
    moved: Readonly<Record<string, string>>;
  },
): Promise<Exporter> {
  await image.fill(root);
  const dockerfile = readFileSync(join(images, image.folder, 'Dockerfile'), 'utf8');
  const [program = ''] = JSON.parse(/^ENTRYPOINT (.+)$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
  const pod = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === `guichet-${server}-exporter`,
  );
  const { args = [], env } = pod?.spec.template.spec.containers[0] ?? {};
  const setting = ({ value = '', valueFrom }: Variable) => {
    const { name, key } = valueFrom?.secretKeyRef ?? {};
    const text = name && key ? secretText(objects, name, key) : value;
    return Object.entries(moved).reduce((moving, [from, to]) => moving.replace(from, to), text);
  };
  const settings = (env as Variable[]).map((one) => [one.name, setting(one)]);

  const port = await freePorts(1);
  const child = startChild(
    join(root, program),
    [...args, `--web.listen-address=127.0.0.1:${port}`],
    { env: Object.fromEntries(settings) },
  );
  await untilListening(port, { waitMs: 10_000, gaveUp: child.ended });
  return { url: `http://127.0.0.1:${port}/metrics`, stop: () => child.stop(5_000) };
}

/** What is told at an address: every sample by its name, the first of each. */
export async function scrape(url: string): Promise<Map<string, number>> {
  const answer = await fetch(url);
  expect(answer.status, url).toBe(200);
  const samples = [...(await answer.text()).matchAll(/^([a-z]\w*)(?:\{.*\})? (\S+)/gim)];
  return new Map(samples.reverse().map(([, name = '', value]) => [name, Number(value)]));
}
