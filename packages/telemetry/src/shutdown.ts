let running: { shutdown(): Promise<void> } | undefined;

/** Told by `register` which SDK runs; not for others. */
export const keepSdk = (sdk: { shutdown(): Promise<void> }): void => {
  running = sdk;
};

/** Sends what is left and ends tracing. Last in a drain, so that the last request is in it. */
export async function shutdownTelemetry(): Promise<void> {
  await running?.shutdown();
  running = undefined;
}
