import { Duration } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Function } from 'aws-cdk-lib/aws-lambda'
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds'
import type { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'
import type { AlarmTopic } from './alarm-topic.ts'

interface Watched {
  readonly settings: EnvironmentSettings
  readonly cluster: IDatabaseCluster
  readonly httpApi: HttpApi
}

const period = Duration.minutes(5)
const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator
const gibibyte = 1_024 ** 3

const pausedReportsNothing = { treatment: TreatMissingData.NOT_BREACHING, because: 'a paused cluster reports no data and is healthy' }
const idleReportsNothing = { treatment: TreatMissingData.NOT_BREACHING, because: 'an idle platform reports no data' }

/** The alarms on the parts that all domains share: the database, the API, the account's Lambda concurrency. */
export const platformAlarms = (scope: Construct, topic: AlarmTopic, { settings, cluster, httpApi }: Watched): void => {
  const { maximumConnections } = settings.database
  topic.add(scope, 'DatabaseConnections', {
    summary: `More than 80 % of the database's ${maximumConnections} connections are in use. The next burst of requests will be refused.`,
    severity: 'page',
    runbook: 'database-connections-run-out',
    metric: cluster.metricDatabaseConnections({ period, statistic: 'Maximum' }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0.8 * maximumConnections,
    evaluationPeriods: 2,
    missingData: pausedReportsNothing,
  })
  topic.add(scope, 'DatabaseCapacity', {
    summary: 'The database has run at more than 90 % of its largest capacity for 15 minutes. It cannot scale further.',
    severity: 'ticket',
    runbook: 'database-at-its-largest-capacity',
    metric: cluster.metric('ACUUtilization', { period, statistic: 'Average' }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 90,
    evaluationPeriods: 3,
    missingData: pausedReportsNothing,
  })
  topic.add(scope, 'DatabaseLocalStorage', {
    summary: 'A database instance has less than 1 GiB of local storage left for sorts, index builds and logs.',
    severity: 'page',
    runbook: 'database-local-storage-runs-out',
    metric: cluster.metric('FreeLocalStorage', { period, statistic: 'Minimum' }),
    comparison: LESS_THAN_THRESHOLD,
    threshold: gibibyte,
    evaluationPeriods: 2,
    missingData: pausedReportsNothing,
  })
  topic.add(scope, 'ApiServerErrors', {
    summary: 'The API answered at least five requests in five minutes with a server error.',
    severity: 'page',
    runbook: 'api-answers-with-server-errors',
    metric: httpApi.metricServerError({ period, statistic: 'Sum' }),
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 5,
    evaluationPeriods: 1,
    missingData: idleReportsNothing,
  })
  topic.add(scope, 'FunctionThrottles', {
    summary: "Invocations are throttled: the account's concurrency, which all functions share, is used up.",
    severity: 'page',
    runbook: 'functions-are-throttled',
    metric: Function.metricAllThrottles({ period, statistic: 'Sum' }),
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 2,
    missingData: idleReportsNothing,
  })
}
