import { join } from 'node:path';
import { stringify } from 'yaml';
import { objectsOf } from './guichet-chart.ts';
import { readValues } from './values/read-values.ts';

const chart = join(import.meta.dirname, '../../charts/guichet');

/** The values files that come with the chart; every one of them is rendered and held to the rules. */
export const profiles = ['default', 'kind', 'eks', 'minimal'] as const;
export type Profile = (typeof profiles)[number];

export const filesOf = (profile: Profile): string[] =>
  profile === 'default' ? [] : [join(chart, `values-${profile}.yaml`)];

export const objectsOfProfile = (profile: Profile) =>
  objectsOf({ name: 'guichet', namespace: 'guichet', values: readValues(filesOf(profile)) });

/** What a profile renders to, so that whoever reviews a change sees what it changes in a cluster. */
export const golden = (profile: Profile): string =>
  objectsOfProfile(profile)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join('---\n');
