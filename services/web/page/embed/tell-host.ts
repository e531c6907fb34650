import { isEmbedded } from './embed.ts';

/** All that the page around the frame is told: any site may be around it. Never who, what or a token. */
export type Told =
  | { readonly type: 'height'; readonly height: number }
  | { readonly type: 'arrived' | 'escape' | 'held' | 'confirmed' };

/** Tells the page around the frame; nobody where there is no frame. */
export function tellHost(told: Told): void {
  if (isEmbedded && window.parent !== window) {
    window.parent.postMessage({ guichet: told }, '*');
  }
}
