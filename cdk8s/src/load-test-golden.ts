import { stringify } from 'yaml';
import { loadTestObjects } from './load-test.ts';

/** A load test as it is applied, but for its scripts, so that a change of its Job is seen as one. */
export const loadTestGolden = (): string =>
  loadTestObjects({
    name: 'guichet-load-test',
    namespace: 'guichet',
    image: 'grafana/k6:2.2.0',
    script: 'scenarios/flash-sale.ts',
    scripts: { 'scenarios/flash-sale.ts': 'export default () => {};\n' },
    environment: { BASE_URL: 'http://guichet-gateway:8080', RATE: '150' },
    password: { name: 'guichet-stand-ins', key: 'DEMO_PASSWORD' },
  })
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join('---\n');
