import { Duration } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Function } from 'aws-cdk-lib/aws-lambda'
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds'
import { dataApiThrottles, metricNamespace } from '../../lambdas/runtime/metrics.ts'
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

/** The metrics of the parts that all domains share, for the alarms and the dashboard, over five minutes. */
export const platformMetrics = ({ cluster, dataApiDomains, httpApi, identity, settings }: Watched) => ({
  databaseConnections: cluster.metricDatabaseConnections({ period, statistic: 'Maximum' }),
  /** Percent of the largest capacity. */
  databaseCapacity: cluster.metric('ACUUtilization', { period, statistic: 'Average' }),
  /** Bytes. */
  databaseLocalStorage: cluster.metric('FreeLocalStorage', { period, statistic: 'Minimum' }),
  /** Milliseconds. Only with a reader. */
  replicaLag: cluster.metric('AuroraReplicaLagMaximum', { period, statistic: 'Maximum' }),
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
