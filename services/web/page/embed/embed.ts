/*
 * Whether this page stands in another site's, which its address says from the first document to the
 * last: everything that is linked to in a frame is in the frame too.
 */
const inFrame = /^\/[a-z]{2}\/embed\//;

export const isEmbedded = inFrame.test(location.pathname);

/** A path after the language, as the pages of a frame have it. */
export const embedPath = isEmbedded ? '/embed' : '';

/**
 * What a page in a frame is asked with. On a site beside ours a browser would send cookies from a
 * frame too: nobody is signed in there, so that no click that another site steers is theirs.
 */
export const credentials: RequestCredentials = isEmbedded ? 'omit' : 'same-origin';

const accent = new URLSearchParams(location.search).get('accent') ?? '';

/**
 * The colour that the other site asks for, `#rrggbb`; undefined for none, and for what is none. Its
 * first address says it, for all the pages that follow.
 */
export const accentOfHost = isEmbedded && /^[0-9a-f]{6}$/i.test(accent) ? `#${accent}` : undefined;
