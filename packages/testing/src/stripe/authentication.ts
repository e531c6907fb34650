import { ApiError, invalidRequest } from './api-error.ts';

export type Keys = { secretKey: string; publishableKey: string };

const keyFrom = (authorization: string | undefined): string | undefined => {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return value;
  // curl -u sk_test_…: sends the key as the name of a user without a password.
  if (scheme.toLowerCase() === 'basic') {
    return Buffer.from(value, 'base64').toString().split(':')[0];
  }
  return undefined;
};

/** Whether the caller is a page. Stripe.js sends its key in the form as often as in a header. */
export const authenticate = (
  given: { authorization: string | undefined; formKey: string | undefined },
  allowed: { byPage: boolean },
  keys: Keys,
): { byPage: boolean } => {
  const key = keyFrom(given.authorization) ?? given.formKey;
  if (key === keys.secretKey) return { byPage: false };
  if (key === keys.publishableKey && allowed.byPage) return { byPage: true };
  if (key === keys.publishableKey) {
    throw invalidRequest(
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
      { code: 'secret_key_required' },
      403,
    );
  }
  throw new ApiError(401, {
    type: 'invalid_request_error',
    message: key
      ? `Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`
      : "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
  });
};
