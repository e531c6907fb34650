import { createHash } from 'node:crypto';
import { catalogue, type ServiceName } from '../catalogue.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Release, valuesOf } from './release.ts';
import { settingsOf } from './service.ts';
import { workedOut } from './worked-out.ts';

/** The files of a service's ConfigMap. */
export function settingsFor(release: Release, name: ServiceName): Record<string, string> {
  const known = new Set(settingsOf(catalogue[name]).map((setting) => setting.name));
  const said = { ...release.values.settings, ...valuesOf(release, name).settings };
  return Object.fromEntries(
    Object.entries({ ...workedOut(release, name), ...said })
      .filter(([setting]) => known.has(setting))
      .map(([setting, value]) => [setting, String(value)]),
  );
}

/** A pod with other settings is another pod, so that a change rolls out; live ones are followed. */
export function checksumOf(name: ServiceName, settings: Record<string, string>): string {
  const live = new Set(
    settingsOf(catalogue[name]).flatMap((setting) => (setting.live ? [setting.name] : [])),
  );
  const fixed = Object.fromEntries(Object.entries(settings).filter(([key]) => !live.has(key)));
  return createHash('sha256').update(canonicalJson(fixed)).digest('hex');
}
