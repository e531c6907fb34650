import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsDigest } from '@guichet/postgres/migrate';
import { catalogue, type ServiceName, serviceNames } from '../catalogue.ts';
import { ports, runAsUser, settingsOf } from './service.ts';
import { workedOutNames } from './worked-out.ts';

const services = join(import.meta.dirname, '../../services');

/** The digest of a service's migrations, if it has tables. */
export function migrationsOf(name: ServiceName): string | undefined {
  const folder = join(services, name, 'migrations');
  return existsSync(folder) ? migrationsDigest(folder) : undefined;
}

function factsOf(name: ServiceName) {
  const service = catalogue[name];
  const settings = settingsOf(service);
  const namesOf = (list: typeof settings) => list.map((setting) => setting.name);
  const callers = serviceNames.filter((other) =>
    (catalogue[other].calls as readonly string[]).includes(name),
  );
  return {
    settings: namesOf(settings),
    required: namesOf(settings.filter(({ required }) => required)),
    secrets: namesOf(settings.filter(({ secret }) => secret)),
    live: namesOf(settings.filter(({ live }) => live)),
    calls: service.calls,
    callers,
    stores: service.stores,
    internet: Boolean(service.internet),
    door: Boolean(service.door),
    kubernetesApi: service.kubernetesApi ?? [],
    lease: Boolean(service.lease),
    signals: service.signals ?? [],
    migrations: migrationsOf(name) ?? '',
  };
}

/** What the chart's templates must know and nobody who installs it may change. */
export const chartFacts = () => ({
  ports,
  runAsUser,
  order: serviceNames,
  workedOut: workedOutNames,
  services: Object.fromEntries(serviceNames.map((name) => [name, factsOf(name)])),
});
