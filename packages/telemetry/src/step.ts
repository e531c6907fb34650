import { channel } from 'node:diagnostics_channel';

const steps = channel('guichet:steps');

/**
 * Names a moment where a crash would matter, such as `payment.intent_created`. Whoever subscribes
 * to the diagnostics channel `guichet:steps` is told; with no subscriber it costs one property read.
 */
export function step(name: string): void {
  if (steps.hasSubscribers) steps.publish({ name });
}
