/** Why a quote is not taken. */
export type QuoteRefusal = 'quote_invalid' | 'quote_expired' | 'quote_keys_unavailable';
