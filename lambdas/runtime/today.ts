/** The date it is now in a timezone (IANA name), as YYYY-MM-DD. A household's "today" is its own, not UTC's. */
export const todayIn = (timezone: string, now: Date = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
