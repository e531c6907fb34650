import { Script } from 'node:vm';
import { expect } from 'vitest';
import { test } from '../fake-test.ts';

test('answers /v3/ with a script that any page may load, as js.stripe.com does', async ({
  fake,
}) => {
  for (const path of ['/v3', '/v3/']) {
    const answer = await fetch(`${fake.url}${path}`);

    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    // It compiles as a classic script, so it imports nothing and names no other place.
    const text = await answer.text();
    expect(() => new Script(text)).not.toThrow();
    expect(text).not.toMatch(/https?:\/\/[^\s'"`]*stripe\.com\/v3/);
  }
});

test('lets the frame be in any page, and lets it speak to its own origin alone', async ({
  fake,
}) => {
  const answer = await fetch(`${fake.url}/v3/elements-inner-payment.html`);

  expect(answer.headers.get('x-frame-options')).toBeNull();
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).not.toContain('frame-ancestors');
  expect(await answer.text()).not.toMatch(/(src|href)="(?!\/v3\/)/);
});
