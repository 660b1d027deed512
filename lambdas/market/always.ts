/** Before the first and after the last bar that there can be. */
export const always = { from: '1920-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' }
