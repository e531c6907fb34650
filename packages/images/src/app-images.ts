import { serviceNames } from '@guichet/cdk8s/catalogue';

/** An image of our own programs. */
export type AppImage = {
  /** What it is called after the prefix, and its folder in dist/images. */
  readonly name: string;
  /** The workspace whose programs it runs. */
  readonly workspace: string;
  readonly dockerfile: string;
  /** What it says, of all it needs, when it is run without settings. */
  readonly complains?: string;
};

export const serviceImage = (name: string): AppImage => ({
  name,
  workspace: `services/${name}`,
  dockerfile: 'Dockerfile',
  complains: 'The settings are not usable',
});

/** The only image that holds packages/testing: for clusters of developers, and no service's. */
const standIns: AppImage = {
  name: 'stand-ins',
  workspace: 'packages/testing',
  dockerfile: 'packages/testing/Dockerfile',
};

export const appImages: readonly AppImage[] = [...serviceNames.map(serviceImage), standIns];
