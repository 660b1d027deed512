import { type Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { overdueRetentionHours } from '../../domain/operations/index.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import type { PlatformMetrics } from './platform-metrics.ts'

const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator
const gibibyte = 1_024 ** 3
const slowMilliseconds = 3_000
/** A day, the hour from the moment of a backup to the end of its verification, and an hour for one that is tried again. */
const longestBackupHours = 26

const pausedReportsNothing = { treatment: TreatMissingData.NOT_BREACHING, because: 'a paused cluster reports no data and is healthy' }
const idleReportsNothing = { treatment: TreatMissingData.NOT_BREACHING, because: 'an idle platform reports no data' }

/**
 * The alarms on the parts that all domains share: the database, the API, the account's Lambda concurrency.
 * @returns those that a faulty release raises, also if its functions turn their errors into answers.
 */
export const platformAlarms = (
  scope: Construct,
  topic: AlarmTopics,
  { metrics, settings }: { readonly settings: EnvironmentSettings; readonly metrics: PlatformMetrics },
): { readonly release: readonly Alarm[] } => {
  const { maximumConnections } = settings.database
  topic.add(scope, 'DatabaseConnections', {
    summary: `More than 80 % of the database's ${maximumConnections} connections are in use. The next burst of requests will be refused.`,
    severity: 'page',
    runbook: 'database-connections-run-out',
    metric: metrics.databaseConnections,
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0.8 * maximumConnections,
    evaluationPeriods: 2,
    missingData: pausedReportsNothing,
  })
  topic.add(scope, 'DatabaseCapacity', {
    summary: 'The database has run at more than 90 % of its largest capacity for 15 minutes. It cannot scale further.',
    severity: 'ticket',
    runbook: 'database-at-its-largest-capacity',
    metric: metrics.databaseCapacity,
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 90,
    evaluationPeriods: 3,
    missingData: pausedReportsNothing,
  })
  topic.add(scope, 'DatabaseLocalStorage', {
    summary: 'A database instance has less than 1 GiB of local storage left for sorts, index builds and logs.',
    severity: 'page',
    runbook: 'database-local-storage-runs-out',
    metric: metrics.databaseLocalStorage,
    comparison: LESS_THAN_THRESHOLD,
    threshold: gibibyte,
    evaluationPeriods: 2,
    missingData: pausedReportsNothing,
  })
  topic.add(scope, 'SlowStatements', {
    summary: 'For 15 minutes, requests waited more than a second for at least five statements in five minutes.',
    severity: 'ticket',
    runbook: 'statements-are-slow',
    metric: metrics.slowStatements,
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 5,
    evaluationPeriods: 3,
    missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'without a slow statement the log has no such line' },
  })
  topic.add(scope, 'DatabaseFindings', {
    summary: 'The daily maintenance found something critical in the database: a missing partition, blocked sessions, old transactions.',
    severity: 'ticket',
    runbook: 'the-maintenance-found-something-critical',
    metric: metrics.criticalFindings,
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'another alarm reports that the job was not started or failed' },
  })
  // A trial environment measures it once a day only.
  if (settings.functionAlarms) {
    topic.add(scope, 'BackupAge', {
      summary: `The newest good logical backup is more than ${longestBackupHours} hours old, or its age is not known.`,
      severity: 'ticket',
      runbook: 'no-good-backup-is-new-enough',
      metric: metrics.backupAge,
      comparison: GREATER_THAN_THRESHOLD,
      threshold: longestBackupHours,
      evaluationPeriods: 2,
      missingData: {
        treatment: TreatMissingData.BREACHING,
        because: 'the age is published every hour, unless there is no good backup or the database does not answer',
      },
    })
  }
  if (settings.functionAlarms) {
    topic.add(scope, 'RetentionOverdue', {
      summary: `A retention policy is due and has not been completed for more than ${overdueRetentionHours} hours: data is kept longer than promised.`,
      severity: 'ticket',
      runbook: 'a-retention-policy-is-overdue',
      metric: metrics.retentionOverdue,
      comparison: GREATER_THAN_THRESHOLD,
      threshold: overdueRetentionHours,
      // One late run does not raise it.
      evaluationPeriods: 2,
      missingData: {
        treatment: TreatMissingData.IGNORE,
        because: 'a job that was not started, or failed, has alarms of its own, and nothing was completed meanwhile',
      },
    })
  }
  const serverErrors = topic.add(scope, 'ApiServerErrors', {
    summary: 'The API answered at least five requests in five minutes with a server error.',
    severity: 'page',
    runbook: 'api-answers-with-server-errors',
    metric: metrics.apiServerErrors,
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 5,
    evaluationPeriods: 1,
    missingData: idleReportsNothing,
  })
  topic.add(scope, 'ApiLatency', {
    summary: 'For 15 minutes, one request in twenty took more than three seconds.',
    severity: 'page',
    runbook: 'api-is-slow',
    metric: metrics.apiLatency('p95'),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: slowMilliseconds,
    evaluationPeriods: 3,
    missingData: idleReportsNothing,
  })
  topic.add(scope, 'FunctionConcurrency', {
    summary: `More than 80 % of the account's ${settings.lambdaConcurrency} concurrent executions are in use. Beyond them, requests are refused.`,
    severity: 'ticket',
    runbook: 'functions-are-throttled',
    metric: metrics.functionConcurrency,
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0.8 * settings.lambdaConcurrency,
    evaluationPeriods: 2,
    missingData: idleReportsNothing,
  })
  if (settings.database.instanceCount > 1) {
    topic.add(scope, 'ReplicaLag', {
      summary: 'A reader is more than a second behind the writer. A failover would take longer.',
      severity: 'ticket',
      runbook: 'a-reader-is-behind',
      metric: metrics.replicaLag,
      comparison: GREATER_THAN_THRESHOLD,
      threshold: 1_000,
      evaluationPeriods: 3,
      missingData: pausedReportsNothing,
    })
  }
  topic.add(scope, 'SignInThrottles', {
    summary: 'Cognito refused sign-ins, sign-ups or refreshed sessions: the quota of requests per second is used up.',
    severity: 'page',
    runbook: 'cognito-refuses-requests',
    metric: metrics.signInThrottles,
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    missingData: idleReportsNothing,
  })
  topic.add(scope, 'DataApiThrottles', {
    summary: 'The RDS Data API refused calls because there were too many. Sign-ins, invitations and large runs wait or fail.',
    severity: 'ticket',
    runbook: 'the-data-api-refuses-calls',
    metric: metrics.dataApiThrottles,
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 10,
    evaluationPeriods: 1,
    missingData: idleReportsNothing,
  })
  topic.add(scope, 'FunctionThrottles', {
    summary: "Invocations are throttled: the account's concurrency, which all functions share, is used up.",
    severity: 'page',
    runbook: 'functions-are-throttled',
    metric: metrics.functionThrottles,
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 2,
    missingData: idleReportsNothing,
  })
  return { release: [serverErrors] }
}
