/** The metrics of our own. Their dimensions are `service` (the domain) and `environment`. */
export const metricNamespace = 'Nestegg'

/** Calls that the RDS Data API refused because there were too many. */
export const dataApiThrottles = 'DataApiThrottles'

/** What the daily maintenance has found in the database, by severity: a metric for each that an alarm reads. */
export const databaseFindings = { critical: 'CriticalDatabaseFindings', warning: 'DatabaseWarnings' } as const

/** Hours since the moment that the newest good backup shows. */
export const backupAge = 'HoursSinceGoodBackup'

/** Active retention policies that are due and not completed, and for how many hours the most overdue one is. */
export const retentionOverdue = { policies: 'RetentionPoliciesOverdue', hours: 'RetentionHoursOverdue' } as const
/** Hours since AWS Backup last restored a snapshot for a test that found no fault. */
export const restoreTestAge = 'HoursSinceRestoreTest'

/**
 * Of requests and of runs of jobs: how many, how long, and how many failed in which way. AWS measures each function, and so each route and each
 * job, at no extra price, but counts an error that a handler answers as a success. The route and the job are properties of the lines, which
 * Logs Insights can group by: as dimensions, each would be billed.
 */
export const workMetrics = {
  requests: { duration: 'RequestMilliseconds', clientErrors: 'RequestsRefused', serverErrors: 'RequestsFailed' },
  jobs: { duration: 'JobMilliseconds', failures: 'JobsFailed' },
} as const
