/** Today's date in a timezone (IANA name), as YYYY-MM-DD. Each household has its own timezone. */
export const todayIn = (timezone: string, now: Date = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
