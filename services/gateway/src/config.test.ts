import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const always = {
  ISSUER_URL: 'http://localhost:8080',
  PUBLIC_URL: 'http://localhost:8080',
  JWKS_URL: 'http://identity:8080/.well-known/jwks.json',
  MESSAGES_URL: 'amqp://broker',
  TOKEN_URL: 'http://identity:8080/api/auth/token',
  SERVICE_CLIENT_ID: 'gateway',
  SERVICE_CLIENT_SECRET: 'a secret of this test',
  LINE_TOKEN_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
};

test('static discovery needs the addresses, and discovery by Kubernetes none of them', () => {
  expect(() => readConfig({ ...always, MANAGEMENT: 'identity=http://identity:9080' })).toThrow(
    /SERVICES: is missing, and DISCOVERY is static/,
  );
  expect(() => readConfig({ ...always, SERVICES: 'identity=http://identity:8080' })).toThrow(
    /MANAGEMENT: is missing, and DISCOVERY is static/,
  );

  expect(readConfig({ ...always, DISCOVERY: 'kubernetes' }).values).toMatchObject({
    discovery: 'kubernetes',
    discoverySelector: 'kubernetes.io/service-name',
    discoveryPrefix: '',
    discoveryManagementPort: 9080,
  });
});
