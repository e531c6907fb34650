/** A mistake in the page's own code rather than in what a customer did; Stripe throws it, too. */
export class IntegrationError extends Error {
  override readonly name = 'IntegrationError';
}

/** Stripe's own check, which finds the mistake of passing an intent's id. */
export const refuseSecret = (where: string, secret: string | undefined): void => {
  if (secret && /^pi_[^_]+_secret_.+$/.test(secret)) return;
  throw new IntegrationError(
    `Invalid value for ${where}: clientSecret should be a client secret of the form \${id}_secret_\${secret}. You specified: ${secret}.`,
  );
};
