import { ApiObject, App, Chart } from 'cdk8s';
import { serviceNames } from '../catalogue.ts';
import { exposure } from './objects/exposure.ts';
import { headroom } from './objects/headroom.ts';
import { namespace } from './objects/namespace.ts';
import { networkPolicies } from './objects/network-policies.ts';
import { scaling } from './objects/scaling.ts';
import {
  configMap,
  deployment,
  lease,
  migration,
  role,
  service,
  serviceAccount,
  serviceMonitor,
} from './objects/workloads.ts';
import type { Release } from './release.ts';
import { checkValues } from './values/check-values.ts';

const perService = [
  serviceAccount,
  role,
  lease,
  configMap,
  migration,
  service,
  deployment,
  scaling,
  serviceMonitor,
];

/** Every object of a release. */
export class GuichetChart extends Chart {
  constructor(app: App, release: Release) {
    super(app, release.name, { disableResourceNameHashes: true });
    checkValues(release.values);
    namespace(this, release);
    for (const name of serviceNames) {
      for (const make of perService) make(this, release, name);
    }
    networkPolicies(this, release);
    exposure(this, release);
    headroom(this, release);
    for (const [at, manifest] of release.values.extraManifests.entries()) {
      new ApiObject(this, `extra-${at}`, manifest as never);
    }
  }
}

/** The objects of a release as they would be applied. */
export const objectsOf = (release: Release): Record<string, unknown>[] =>
  new GuichetChart(new App(), release).toJson();
