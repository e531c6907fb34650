import { objectsOfProfile, type Profile } from '@guichet/cdk8s/src/profiles';
import { expect } from 'vitest';
import type { Cluster } from '../cluster/find-cluster.ts';
import { namespace } from '../deploy/release.ts';

/** The API server takes every object of a profile, without a warning; it is asked and changes nothing. */
export async function takesEveryObject({ tools }: Cluster, profile: Profile): Promise<void> {
  const items = objectsOfProfile(profile);
  const list = { apiVersion: 'v1', kind: 'List', items };

  const said = await tools.apply(list, '-n', namespace, '--dry-run=server', '--warnings-as-errors');
  const taken = said.match(/serverside-applied \(server dry run\)$/gm) ?? [];
  expect(taken).toHaveLength(items.length);
}
