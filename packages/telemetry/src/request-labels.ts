const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * What a request is counted under. Anybody may send any of the thirty methods that Node reads: those
 * that no route has are one, `other`.
 */
export const requestLabels = (method: string | undefined, route: string, status: number) => ({
  method: methods.has(method ?? '') ? (method as string) : 'other',
  route,
  status: String(status),
});
