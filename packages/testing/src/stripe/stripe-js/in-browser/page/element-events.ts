type Handler = (event: object) => void;

/** Who listens to an element, by the type of the event. */
export type ElementEvents = {
  add(type: string, handler: Handler): void;
  addOnce(type: string, handler: Handler): void;
  remove(type: string, handler?: Handler): void;
  emit(type: string, detail?: object): void;
};

export const createEvents = (): ElementEvents => {
  const handlers = new Map<string, Set<Handler>>();
  const handlersOf = (type: string) => {
    const known = handlers.get(type) ?? new Set();
    handlers.set(type, known);
    return known;
  };
  const events: ElementEvents = {
    add: (type, handler) => void handlersOf(type).add(handler),
    addOnce: (type, handler) => {
      const first: Handler = (event) => {
        events.remove(type, first);
        handler(event);
      };
      events.add(type, first);
    },
    remove: (type, handler) => {
      if (handler) handlersOf(type).delete(handler);
      else handlers.delete(type);
    },
    emit: (type, detail = {}) => {
      for (const handler of [...handlersOf(type)]) handler({ elementType: 'payment', ...detail });
    },
  };
  return events;
};
