/*
 * What a browser keeps for a page, or this page itself where the browser refuses: in a frame of
 * another site some do, by settings or by policy, and others are full.
 */
function safeStorage(find: () => Storage) {
  const memory = new Map<string, string>();
  const browsers = (): Storage | undefined => {
    try {
      return find();
    } catch {
      return undefined;
    }
  };
  return {
    get: (name: string): string | null => memory.get(name) ?? browsers()?.getItem(name) ?? null,
    set(name: string, text: string): void {
      try {
        find().setItem(name, text);
        memory.delete(name);
      } catch {
        memory.set(name, text);
      }
    },
    remove(name: string): void {
      memory.delete(name);
      browsers()?.removeItem(name);
    },
    names: (): string[] => [...memory.keys(), ...Object.keys(browsers() ?? {})],
    clear(): void {
      memory.clear();
      browsers()?.clear();
    },
  };
}

/** Kept on the device, until it is taken away. */
export const device = safeStorage(() => localStorage);
/** Kept until the tab is closed. */
export const tab = safeStorage(() => sessionStorage);
