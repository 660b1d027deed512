/** The metrics of our own, each of which an alarm reads. Their dimensions are `service` (the domain) and `environment`. */
export const metricNamespace = 'Nestegg'

/** Calls that the RDS Data API refused because there were too many. */
export const dataApiThrottles = 'DataApiThrottles'

/** What the daily maintenance has found in the database, by severity: a metric for each that an alarm reads. */
export const databaseFindings = { critical: 'CriticalDatabaseFindings', warning: 'DatabaseWarnings' } as const
