/**
 * What a page may load: itself, and the payment form from whoever is paid. Styles are files; what
 * scripts set on an element goes by the object model, which no policy forbids.
 */
export function contentSecurityPolicy(stripeJsUrl: string, frameAncestors: "'none'" | '*') {
  const stripe = new URL(stripeJsUrl).origin;
  // Stripe's own list for Stripe.js; a stand-in is one origin.
  const api = stripe === 'https://js.stripe.com' ? 'https://api.stripe.com' : stripe;
  const frames =
    stripe === 'https://js.stripe.com' ? [stripe, 'https://hooks.stripe.com'] : [stripe];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", stripe],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'", api],
      frameSrc: frames,
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: [frameAncestors],
    },
  };
}
