/** A range that contains every possible bar. */
export const always = { from: '1700-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' }
