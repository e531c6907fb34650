import type { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { isRawBody, type Operation, type OtherMedia } from './operation.ts';
import { problemSchema } from './shapes.ts';

const problemContent = { 'application/problem+json': { schema: problemSchema } };

/** What every operation may answer beside its own refusals. */
const commonProblems = {
  '400': {
    description: 'The request is not as it should be (`invalid_request`)',
    content: problemContent,
  },
  '429': { description: 'Too many requests (`too_many_requests`)', content: problemContent },
};

const isMedia = (response: z.ZodType | OtherMedia): response is OtherMedia =>
  'mediaType' in response;

function responsesOf({ responses }: Operation) {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      response === null
        ? { description: 'Done' }
        : {
            description: 'Done',
            content: isMedia(response)
              ? { [response.mediaType]: {} }
              : { 'application/json': { schema: response } },
          },
    ]),
  );
}

function securityOf({ access, showsManageToken }: Operation) {
  if (access === 'public') return {};
  if (showsManageToken) return { security: [{ bearer: [], manageToken: [] }] };
  if (access === 'booking') return { security: [{ bearer: [] }, { manageToken: [] }] };
  return { security: [{ bearer: [] }] };
}

function problemsOf({ access, refusals = [] }: Operation) {
  const refused =
    refusals.length > 0 ? `: ${refusals.map((code) => `\`${code}\``).join(', ')}` : '';
  return {
    ...commonProblems,
    ...(access === 'public'
      ? {}
      : {
          '401': {
            description: 'Sign in first (`authentication_required`)',
            content: problemContent,
          },
          '403': { description: 'Not allowed (`permission_denied`)', content: problemContent },
        }),
    default: { description: `Refused${refused}`, content: problemContent },
  };
}

const idempotencyKey = (required: boolean) => ({
  in: 'header' as const,
  name: 'Idempotency-Key',
  required,
  schema: { type: 'string' as const, minLength: 22, maxLength: 255 },
  description: 'A new UUID for each thing that shall happen once; the same again answers the same.',
});

function requestBodyOf({ body }: Operation) {
  if (!body) return {};
  const content = isRawBody(body)
    ? Object.fromEntries(body.raw.map((type) => [type, { schema: { type: 'string' as const } }]))
    : { 'application/json': { schema: body } };
  return { requestBody: { required: true, content } };
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, service, summary, access, params, query, idempotency } = operation;
  const permission =
    typeof access === 'object' ? `Needs the permission \`${access.permission}\`.` : '';
  return {
    operationId: id,
    tags: [service],
    summary,
    ...(permission ? { description: permission } : {}),
    ...securityOf(operation),
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(idempotency ? { parameters: [idempotencyKey(idempotency === 'required')] } : {}),
    ...requestBodyOf(operation),
    responses: { ...responsesOf(operation), ...problemsOf(operation) },
  };
}

/** The OpenAPI 3.1 document of some operations, as it is served at `/api/openapi.json`. */
export function openApiDocument(
  operations: readonly Operation[],
  { serverUrl }: { serverUrl: string },
): unknown {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationObject(operation),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Guichet',
      version: '1',
      description:
        'Sells places: seats at events, places on boat rides, places on courses. Every error is a problem (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        manageToken: { type: 'apiKey', in: 'header', name: 'X-Manage-Token' },
      },
    },
  });
}
