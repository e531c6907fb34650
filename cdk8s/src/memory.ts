/**
 * What keeps a process below its limit, since a limit that is met kills.
 *
 * A third of it for the heap: code, buffers and threads take another, and the last is for what
 * nobody foresaw. Below its cap, the heap of gateway and reservation may double before V8 looks
 * through it (packages/http/src/heap.ts). The young generation is three half-spaces, which V8 lets
 * grow and does not give back in a rush. Of 8 MB a booking costs a thirtieth more CPU than of 16, of
 * 4 MB a quarter more, of 32 MB no less for 30 MB. glibc keeps what was freed in as many arenas as
 * eight times the cores; with two of them catalog had 201 MB after drawing its pictures, where it had
 * 357.
 */
export const memoryCaps = (memoryLimitMi: number) => ({
  NODE_OPTIONS: `--max-old-space-size=${Math.floor(memoryLimitMi / 3)} --max-semi-space-size=16`,
  MALLOC_ARENA_MAX: '2',
});
