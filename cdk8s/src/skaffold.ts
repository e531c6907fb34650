import { stringify } from 'yaml';
import { type ServiceName, serviceNames } from '../catalogue.ts';
import { ports } from './service.ts';

const kind = (chart: string) => `charts/${chart}/values-kind.yaml`;

/** `make images` stages what the Dockerfile copies, so it builds here too; Skaffold only names it. */
const artifact = (name: string, sources: readonly string[]) => ({
  image: `guichet/${name}`,
  custom: {
    buildCommand: `make images ONLY=${name} TAG=dev && docker tag guichet/${name}:dev "$IMAGE"`,
    dependencies: { paths: sources, ignore: ['**/*.test.ts', '**/node_modules/**'] },
  },
});

/** As Skaffold names the tag that it gave an image. */
const tagOf = (name: string) => `{{.IMAGE_TAG_guichet_${name.replaceAll('-', '_')}}}`;

const forward = (name: ServiceName, at: number) => [
  {
    resourceType: 'service',
    resourceName: `guichet-${name}`,
    namespace: 'guichet',
    port: ports.management,
    localPort: ports.management + at,
  },
];

/** `skaffold.yaml`: the same charts on kind, with images built anew as their sources change. */
export function skaffoldYaml(): string {
  const config = {
    apiVersion: 'skaffold/v4beta13',
    kind: 'Config',
    metadata: { name: 'guichet' },
    build: {
      local: { push: false },
      artifacts: [
        ...serviceNames.map((name) => artifact(name, [`services/${name}/**`, 'packages/**'])),
        artifact('stand-ins', ['packages/testing/**']),
      ],
    },
    deploy: {
      helm: {
        releases: [
          {
            name: 'guichet-backing',
            chartPath: 'charts/guichet-backing',
            namespace: 'guichet',
            createNamespace: true,
            valuesFiles: [kind('guichet-backing')],
            setValueTemplates: { 'standIns.image.tag': tagOf('stand-ins') },
          },
          {
            name: 'guichet',
            chartPath: 'charts/guichet',
            namespace: 'guichet',
            valuesFiles: [kind('guichet')],
            setValueTemplates: Object.fromEntries(
              serviceNames.map((name) => [`services.${name}.image.tag`, tagOf(name)]),
            ),
          },
        ],
      },
    },
    portForward: serviceNames.flatMap(forward),
  };
  return `# Written from cdk8s/catalogue.ts by \`make fix\`; change it there. The front door is at localhost:31080.\n${stringify(config)}`;
}
