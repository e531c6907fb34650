import type { Revision } from './revision.ts';

/** Holds the key of what an image was made of: who has it need not be built again. */
export const contentLabel = 'guichet.content';

/** The annotations of the OCI image specification, as labels. */
export const labelsOf = ({
  name,
  version,
  source,
  revision,
}: {
  name: string;
  version: string;
  source: string | undefined;
  revision: Revision | undefined;
}): Record<string, string> => {
  const oci = {
    title: `guichet-${name}`,
    version,
    licenses: 'Apache-2.0',
    ...(source ? { source } : {}),
    ...(revision
      ? { revision: revision.commit, created: new Date(revision.at * 1_000).toISOString() }
      : {}),
  };
  return Object.fromEntries(
    Object.entries(oci).map(([key, value]) => [`org.opencontainers.image.${key}`, value]),
  );
};
