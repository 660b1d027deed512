import { Duration } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Function } from 'aws-cdk-lib/aws-lambda'
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds'
import { backupAge, dataApiThrottles, databaseFindings, metricNamespace, retentionOverdue } from '../../lambdas/runtime/metrics.ts'
import type { Domain } from '../../lambdas/runtime/route.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { IdentityStack } from '../identity.ts'
import { sumOf } from './sum-of.ts'

export interface Watched {
  readonly settings: EnvironmentSettings
  readonly cluster: IDatabaseCluster
  readonly httpApi: HttpApi
  readonly identity: IdentityStack
  /** The domains of the functions that call the Data API. */
  readonly dataApiDomains: readonly Domain[]
}

const period = Duration.minutes(5)

/** The metric that a filter of the log of the database counts. A filter cannot write dimensions, so its namespace names the environment. */
export const slowStatements = (environment: string) => ({ namespace: `${metricNamespace}/${environment}`, metricName: 'SlowStatements' })

/** The metrics of the parts that all domains share, for the alarms and the dashboard, over five minutes. */
export const platformMetrics = ({ cluster, dataApiDomains, httpApi, identity, settings }: Watched) => ({
  databaseConnections: cluster.metricDatabaseConnections({ period, statistic: 'Maximum' }),
  /** Percent of the largest capacity. */
  databaseCapacity: cluster.metric('ACUUtilization', { period, statistic: 'Average' }),
  /** Bytes. */
  databaseLocalStorage: cluster.metric('FreeLocalStorage', { period, statistic: 'Minimum' }),
  /** Milliseconds. Only with a reader. */
  replicaLag: cluster.metric('AuroraReplicaLagMaximum', { period, statistic: 'Maximum' }),
  /** Statements of requests that took more than a second. */
  slowStatements: new Metric({ ...slowStatements(settings.name), statistic: 'Sum', period }),
  /** What the daily maintenance found that users notice or soon will. */
  criticalFindings: new Metric({
    namespace: metricNamespace,
    metricName: databaseFindings.critical,
    dimensionsMap: { service: 'operations', environment: settings.name },
    statistic: 'Maximum',
    period: Duration.days(1),
  }),
  /** Hours since the moment of the newest good logical backup, once an hour. */
  backupAge: new Metric({
    namespace: metricNamespace,
    metricName: backupAge,
    dimensionsMap: { service: 'operations', environment: settings.name },
    statistic: 'Maximum',
    period: Duration.hours(1),
  }),
  /** Hours for which the most overdue retention policy is due and not completed, once an hour. */
  retentionOverdue: new Metric({
    namespace: metricNamespace,
    metricName: retentionOverdue.hours,
    dimensionsMap: { service: 'operations', environment: settings.name },
    statistic: 'Maximum',
    period: Duration.hours(1),
  }),
  apiServerErrors: httpApi.metricServerError({ period, statistic: 'Sum' }),
  /** Milliseconds. */
  apiLatency: (statistic: 'p50' | 'p95' | 'p99') => httpApi.metricLatency({ period, statistic }),
  functionConcurrency: Function.metricAllConcurrentExecutions({ period, statistic: 'Maximum' }),
  functionThrottles: Function.metricAllThrottles({ period, statistic: 'Sum' }),
  signInThrottles: sumOf(
    'signIns',
    ['SignInThrottles', 'SignUpThrottles', 'TokenRefreshThrottles'].map(
      metricName =>
        new Metric({
          namespace: 'AWS/Cognito',
          metricName,
          dimensionsMap: { UserPool: identity.userPool.userPoolId, UserPoolClient: identity.client.userPoolClientId },
          statistic: 'Sum',
          period,
        }),
    ),
    { label: 'Requests that Cognito refused', period },
  ),
  dataApiThrottles: sumOf(
    'calls',
    dataApiDomains.map(
      service =>
        new Metric({
          namespace: metricNamespace,
          metricName: dataApiThrottles,
          dimensionsMap: { service, environment: settings.name },
          statistic: 'Sum',
          period,
        }),
    ),
    { label: 'Calls that the Data API refused', period },
  ),
})

export type PlatformMetrics = ReturnType<typeof platformMetrics>
