/**
 * What keeps a process below its limit, since a limit that is met kills.
 *
 * A third of it for the heap: code, buffers and threads take another, and the last is for what
 * nobody foresaw. The young generation is three half-spaces, which V8 lets grow and does not give
 * back in a rush; of 8 MB they cost what those of 16 do (293 µs of CPU a booking against 283), of
 * 4 MB more (357). glibc keeps what was freed in as many arenas as eight times the cores; with two
 * of them catalog had 201 MB after drawing its pictures, where it had 357.
 */
export const memoryCaps = (memoryLimitMi: number) => ({
  NODE_OPTIONS: `--max-old-space-size=${Math.floor(memoryLimitMi * 0.4)} --max-semi-space-size=16`,
  MALLOC_ARENA_MAX: '2',
});
