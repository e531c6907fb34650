import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { publicOperations } from './operations.ts';

type Document = {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        security?: object[];
        parameters?: { name: string; required?: boolean }[];
      }
    >
  >;
};
const document = openApiDocument(publicOperations, {
  serverUrl: 'https://guichet.test',
}) as Document;

test('every public operation is described under its id, and nothing else is', () => {
  const described = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );

  expect(document.openapi).toBe('3.1.0');
  expect(described.sort()).toEqual(publicOperations.map(({ id }) => id).sort());
});

test('says where a token and where a key is needed', () => {
  expect(document.paths['/api/slots']?.post?.security).toEqual([{ bearer: [] }]);
  expect(document.paths['/api/availability']?.get?.security).toBeUndefined();
  expect(document.paths['/api/bookings/{id}/claim']?.post?.security).toEqual([
    { bearer: [], manageToken: [] },
  ]);
  expect(document.paths['/api/bookings']?.post?.parameters).toContainEqual(
    expect.objectContaining({ name: 'Idempotency-Key', required: true }),
  );
});
