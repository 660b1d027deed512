import * as z from 'zod'
import { dataApiThrottles } from '../../lambdas/runtime/metrics.ts'
import type { Deployed } from './deployed.ts'

export interface ShownMetric {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

const bodySchema = z.object({
  widgets: z.array(
    z.object({
      type: z.string(),
      properties: z.object({
        alarms: z.array(z.string()).default([]),
        metrics: z.array(z.array(z.unknown())).default([]),
      }),
    }),
  ),
})

const expressionSchema = z.object({ expression: z.string() })

/** A dashboard as CloudWatch reads it. */
export const readDashboard = (properties: Readonly<Record<string, unknown>>) => {
  const body = z.string().parse(properties['DashboardBody'])
  const { widgets } = bodySchema.parse(JSON.parse(body))
  const rows = widgets.map(({ properties: { metrics } }) => fullRows(metrics))
  return {
    widgets: widgets.length,
    alarms: widgets.map(widget => widget.properties.alarms),
    /** The metrics of each widget. */
    metrics: rows.map(each => each.flatMap(row => metricOf(row) ?? [])),
    expressions: rows.flat().flatMap(([first]) => expressionSchema.safeParse(first).data?.expression ?? []),
  }
}

/** A row may write a dot for the value in the same place of the row above, and three dots for all of them. */
const fullRows = (rows: readonly (readonly unknown[])[]): unknown[][] => {
  let above: unknown[] = []
  return rows.map(row => {
    if (row.includes('...')) throw new Error('Three dots are not known here.')
    const full = row.map((value, index) => (value === '.' ? above[index] : value))
    above = full
    return full
  })
}

const metricOf = (row: readonly unknown[]): ShownMetric | undefined => {
  const texts = row.filter(value => typeof value === 'string')
  const [namespace, name, ...rest] = texts
  if (namespace === undefined || name === undefined) return undefined
  const dimensions = Object.fromEntries(rest.flatMap((value, index) => (index % 2 === 0 ? [[value, rest[index + 1] ?? '']] : [])))
  return { namespace, name, dimensions }
}

interface Source {
  /** The names of its metrics, as the page of the service lists them. */
  readonly names: RegExp
  /** Whether the dimensions name something that is deployed. */
  readonly has: (deployed: Deployed, dimensions: ShownMetric['dimensions']) => boolean
}

const isNamed = (type: string, dimension: string) => (deployed: Deployed, dimensions: ShownMetric['dimensions']) =>
  Object.keys(dimensions).join() === dimension && deployed.resources(type).some(({ name }) => name === dimensions[dimension])

const sources: Readonly<Record<string, Source>> = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
  'AWS/ApiGateway': {
    names: /^(4xx|5xx|Count|IntegrationLatency|Latency|DataProcessed)$/,
    has: isNamed('AWS::ApiGatewayV2::Api', 'ApiId'),
  },
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html; without a dimension, of all functions of the account
  'AWS/Lambda': {
    names: /^(ConcurrentExecutions|Duration|Errors|Invocations|Throttles)$/,
    has: (_, dimensions) => Object.keys(dimensions).length === 0,
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
  'AWS/RDS': {
    names: /^(ACUUtilization|AuroraReplicaLagMaximum|CPUUtilization|DatabaseConnections|FreeLocalStorage|ServerlessDatabaseCapacity)$/,
    has: isNamed('AWS::RDS::DBCluster', 'DBClusterIdentifier'),
  },
  // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
  'AWS/States': {
    names: /^Executions(Aborted|Failed|Started|Succeeded|TimedOut)$/,
    has: isNamed('AWS::StepFunctions::StateMachine', 'StateMachineArn'),
  },
  // https://docs.aws.amazon.com/cognito/latest/developerguide/metrics-for-cognito-user-pools.html
  'AWS/Cognito': {
    names: /^(SignIn|SignUp|TokenRefresh)(Successes|Throttles)$/,
    has: (deployed, { UserPool, UserPoolClient }) =>
      deployed.resources('AWS::Cognito::UserPool').some(({ name }) => name === UserPool) &&
      deployed.resources('AWS::Cognito::UserPoolClient').some(({ name }) => name === UserPoolClient),
  },
  // lambdas/runtime/metrics.ts: a function that may call the Data API writes it.
  Nestegg: {
    names: new RegExp(`^${dataApiThrottles}$`),
    has: (deployed, dimensions) =>
      deployed
        .ownFunctions()
        .some(
          ({ environment }) =>
            'DATA_API_CLUSTER_ARN' in environment &&
            environment['POWERTOOLS_SERVICE_NAME'] === dimensions['service'] &&
            environment['NESTEGG_ENVIRONMENT'] === dimensions['environment'],
        ),
  },
}

/** A filter of a log writes its metrics without dimensions. */
const isFiltered = (deployed: Deployed, { dimensions, name, namespace }: ShownMetric): boolean =>
  Object.keys(dimensions).length === 0 &&
  deployed
    .resources('AWS::Logs::MetricFilter')
    .some(({ properties }) =>
      (properties['MetricTransformations'] as { MetricName: string; MetricNamespace: string }[]).some(
        ({ MetricName, MetricNamespace }) => MetricName === name && MetricNamespace === namespace,
      ),
    )

/** Whether something in the templates emits the metric. */
export const isEmitted = (deployed: Deployed, metric: ShownMetric): boolean => {
  const { dimensions, name, namespace } = metric
  if (isFiltered(deployed, metric)) return true
  const source = sources[namespace]
  return source !== undefined && source.names.test(name) && source.has(deployed, dimensions)
}
