/**
 * What keeps a process below its limit, since a limit that is met kills.
 *
 * A third of it for the heap: code, buffers and threads take another, and the last is for what
 * nobody foresaw. The young generation is three half-spaces, which V8 lets grow and does not give
 * back: those of 16 MB were a third of what a rush took. glibc keeps what was freed in as many
 * arenas as there are cores times eight; with two, catalog took 155 MB less after its pictures.
 */
export const memoryCaps = (memoryLimitMi: number) => ({
  NODE_OPTIONS: `--max-old-space-size=${Math.floor(memoryLimitMi / 3)} --max-semi-space-size=4`,
  MALLOC_ARENA_MAX: '2',
});
