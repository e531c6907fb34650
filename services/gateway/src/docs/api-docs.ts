import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const standalone = join(
  dirname(fileURLToPath(import.meta.resolve('@scalar/api-reference'))),
  'browser/standalone.js',
);

const start = `Scalar.createApiReference('#reference', { url: '/api/openapi.json', telemetry: false, hideClientButton: true, withDefaultFonts: false, showDeveloperTools: 'never', agent: { disabled: true }, mcp: { disabled: true } });`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Guichet API</title>
</head>
<body>
<div id="reference"></div>
<script src="/api/docs/reference.js"></script>
<script>${start}</script>
</body>
</html>
`;

const hashOf = (script: string) =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** The API's reference, hosted by ourselves: its page asks no other origin for anything. */
export function apiDocs() {
  return {
    page,
    script: readFileSync(standalone),
    contentSecurityPolicy: [
      "default-src 'none'",
      `script-src 'self' ${hashOf(start)}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}
export type ApiDocs = ReturnType<typeof apiDocs>;
