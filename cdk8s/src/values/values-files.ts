import { Document, isMap, isScalar, stringify, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { catalogue, serviceNames } from '../../catalogue.ts';
import { chartFacts } from '../facts.ts';
import { settingsOf } from '../service.ts';
import { defaultValues } from './default-values.ts';
import { valuesSchema } from './values.ts';

const source = 'Written from cdk8s/catalogue.ts by `make fix`; change it there.';

/** Puts what the schema says of each value above it. */
function explain(map: YAMLMap, schema: z.ZodType): void {
  if (!(schema instanceof z.ZodObject)) return;
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const field = schema.shape[String(key.value)] as z.ZodType | undefined;
    if (!field) continue;
    if (field.description) key.commentBefore = ` ${field.description}`;
    if (isMap(value)) explain(value as YAMLMap, field);
  }
}

/** `values.yaml`: every value with its default, and what it is for. */
function valuesYaml(): string {
  const document = new Document(defaultValues, { aliasDuplicateObjects: false });
  explain(document.contents as unknown as YAMLMap, valuesSchema);
  document.commentBefore = ` ${source} docs/values.md explains every value and setting.\n Helm reads the values of a chart from one file, so all of it stands here.`;
  return `# yaml-language-server: $schema=values.schema.json\n${document.toString({ lineWidth: 100 })}`;
}

const valuesJsonSchema = () =>
  `${JSON.stringify(z.toJSONSchema(valuesSchema, { target: 'draft-7' }), null, 2)}\n`;

/** One file, since a template reads it in one piece. */
const factsYaml = () =>
  `# ${source} What people read is that; templates read this, in one piece.\n${stringify(chartFacts(), { aliasDuplicateObjects: false })}`;

const shown = (value: unknown) =>
  value !== null && typeof value === 'object' && Object.keys(value).length > 3
    ? '…'
    : `\`${JSON.stringify(value)}\``;

/** One line for each value, deepest first; the services', which are all alike, once. */
function valueLines(schema: z.ZodObject, value: Record<string, unknown>, path: string): string[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const name = path ? `${path}.${key}` : key;
    const inner = value[key];
    if (key === 'services') return [];
    if (field instanceof z.ZodObject && key !== 'settings') {
      return valueLines(field, inner as Record<string, unknown>, name);
    }
    return [`| \`${name}\` | ${shown(inner)} | ${(field as z.ZodType).description ?? ''} |`];
  });
}

function settingLines(name: (typeof serviceNames)[number]): string[] {
  return settingsOf(catalogue[name]).map((setting) => {
    const { schema, secret, live, required, reason } = setting;
    const fallback = schema instanceof z.ZodDefault ? `\`${String(schema.def.defaultValue)}\`` : '';
    const where = `${secret ? 'Secret' : 'settings'}${live ? ', live' : ''}`;
    return `| \`${setting.name}\` | ${where} | ${required ? 'needed' : fallback} | ${reason} |`;
  });
}

/** `docs/values.md`: the reference of everything that can be said at installation. */
function valuesReference(): string {
  const service = valuesSchema.shape.services.shape.gateway;
  return [
    '# Values of charts/guichet',
    `<!-- ${source} -->`,
    'The same files are taken by `helm install -f` and by `make manifests VALUES=`. Settings are files in the pods’ `/etc/guichet`: those marked *settings* come from `services.<service>.settings`, those marked *Secret* are keys of the Secret that `services.<service>.existingSecret` names. Those marked *live* take effect in running pods, about a minute after the upgrade; a change of any other rolls the pods. What has no default and is not *needed* is worked out by the chart or optional.',
    '## Of the release',
    '| value | default | |\n| --- | --- | --- |',
    valueLines(valuesSchema, defaultValues, '').join('\n'),
    '## Of each service',
    'Under `services.<service>`; the defaults shown are the gateway’s.',
    '| value | default | |\n| --- | --- | --- |',
    valueLines(service, defaultValues.services.gateway, '').join('\n'),
    ...serviceNames.flatMap((name) => [
      `## Settings of ${name}`,
      `${catalogue[name].summary}.`,
      '| setting | where | default | |\n| --- | --- | --- | --- |',
      settingLines(name).join('\n'),
    ]),
  ]
    .join('\n\n')
    .concat('\n')
    .replaceAll('|\n\n|', '|\n|');
}

/** The files that follow from the catalogue, by their path in the repository. */
export const valuesFiles = (): Record<string, string> => ({
  'charts/guichet/values.yaml': valuesYaml(),
  'charts/guichet/values.schema.json': valuesJsonSchema(),
  'charts/guichet/catalogue.yaml': factsYaml(),
  'docs/values.md': valuesReference(),
});
