import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger'
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types'
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics'
import type { Context } from 'aws-lambda'
import { readVariable } from './environment.ts'
import {
  type backupAge,
  dataApiThrottles,
  databaseFindings,
  metricNamespace,
  type restoreTestAge,
  retentionOverdue,
  workMetrics,
} from './metrics.ts'

/** The domain, in AWS. On a laptop one process serves all domains. */
const serviceName = process.env['POWERTOOLS_SERVICE_NAME'] ?? 'nestegg'

/** What a log line has of an error besides its name, message and stack: facts about the code, never values of a request. */
const loggedProperties = new Set(
  'code sqlState severity schema_name table_name column_name constraint_name routine status $fault $metadata'.split(' '),
)

/**
 * The message of an error without values. Drizzle adds the parameters of the statement, PostgreSQL quotes a value that it cannot read, and the
 * Data API puts the details of PostgreSQL, such as the row, into the message.
 */
const withoutValues = (message: string, error: Error): string => {
  if ('params' in error && 'query' in error) return `Failed query: ${String(error.query)}`
  const state = Reflect.get(error, 'code') ?? Reflect.get(error, 'sqlState') ?? /SQLState: (\w{5})/.exec(message)?.[1]
  const text = message.replace(/[;\n]\s*(?:Detail|Hint|Where): [^]*/, '')
  return String(state).startsWith('22') ? text.replace(/"[^]*"/, '"…"') : text
}

/** A copy of an error for a trace, with its name and its place in the code, without values. */
export const valueFree = (error: Error): Error => {
  const message = withoutValues(error.message, error)
  return Object.assign(new Error(message), { name: error.name, stack: error.stack?.replace(error.message, () => message) })
}

/** Formats log lines, without values of requests in errors: a line is kept longer than its request, and more people read it. */
class ValueFreeFormatter extends LogFormatter {
  formatAttributes({ lambdaContext, logLevel, message, serviceName, timestamp, xRayTraceId }: UnformattedAttributes, more: LogAttributes) {
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: this.formatTimestamp(timestamp),
        service: serviceName,
        cold_start: lambdaContext?.coldStart,
        function_arn: lambdaContext?.invokedFunctionArn,
        function_memory_size: lambdaContext?.memoryLimitInMB,
        function_name: lambdaContext?.functionName,
        function_request_id: lambdaContext?.awsRequestId,
        xray_trace_id: xRayTraceId,
      },
    }).addAttributes(more)
  }

  override formatError(error: Error): LogAttributes {
    const message = withoutValues(error.message, error)
    const { cause, location, name, stack = '', ...properties } = super.formatError(error)
    const kept = Object.entries(properties).filter(([property]) => loggedProperties.has(property))
    return { name, message, location, stack: String(stack).replace(error.message, () => message), cause, ...Object.fromEntries(kept) }
  }
}

export const logger = new Logger({ serviceName, logFormatter: new ValueFreeFormatter() })
/** Not loaded where tracing is off: the client of X-Ray follows every promise of its process, which makes all of them slower. */
const tracer =
  process.env['POWERTOOLS_TRACE_ENABLED'] === 'false'
    ? undefined
    : new (await import('@aws-lambda-powertools/tracer')).Tracer({ serviceName })

/** Runs `work` in a trace segment named after the function. An error is recorded on the segment and thrown on. */
export const traced = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  if (!tracer?.isTracingEnabled()) return work()
  const parent = tracer.getSegment()
  const segment = parent?.addNewSubsegment(`## ${name}`)
  if (segment) tracer.setSegment(segment)
  tracer.annotateColdStart()
  tracer.addServiceNameAnnotation()
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error) tracer.addErrorAsMetadata(valueFree(error))
    throw error
  } finally {
    segment?.close()
    if (parent) tracer.setSegment(parent)
  }
}

/** Adds the invocation and the given keys to every log line that follows. */
export const beginLogging = (context: Context, keys: Record<string, unknown>): void => {
  logger.resetKeys()
  logger.addContext(context)
  logger.appendKeys(keys)
}

const ownMetrics = () =>
  new Metrics({ namespace: metricNamespace, serviceName, defaultDimensions: { environment: readVariable('NESTEGG_ENVIRONMENT') } })

/** Counts a call that the Data API refused because there were too many, which an alarm reads. */
export const countDataApiThrottle = (): void => {
  const metrics = ownMetrics()
  metrics.addMetric(dataApiThrottles, MetricUnit.Count, 1)
  metrics.publishStoredMetrics()
}

/** Counts what the maintenance has found in the database, also if it is nothing: so an alarm ends. */
export const countFindings = (findings: readonly { readonly severity: string }[]): void => {
  const metrics = ownMetrics()
  for (const [severity, name] of Object.entries(databaseFindings))
    metrics.addMetric(name, MetricUnit.Count, findings.filter(each => each.severity === severity).length)
  metrics.publishStoredMetrics()
}

/** Publishes an age, which an alarm reads. CloudWatch has no unit for hours. */
export const publishAge = (metric: typeof backupAge | typeof restoreTestAge, hours: number): void => {
  const metrics = ownMetrics()
  metrics.addMetric(metric, MetricUnit.NoUnit, hours)
  metrics.publishStoredMetrics()
}

/** Publishes which retention policies are overdue, also if none is: so an alarm ends. */
export const publishOverdueRetention = ({ hours, policies }: { readonly policies: number; readonly hours: number }): void => {
  const metrics = ownMetrics()
  metrics.addMetric(retentionOverdue.policies, MetricUnit.Count, policies)
  metrics.addMetric(retentionOverdue.hours, MetricUnit.NoUnit, hours)
  metrics.publishStoredMetrics()
}

/** Publishes the outcome of a request. CloudWatch counts requests as the samples of the duration. */
export const countRequest = (route: string, status: number, durationMs: number): void => {
  const metrics = ownMetrics()
  const { clientErrors, duration, serverErrors } = workMetrics.requests
  metrics.addMetadata('route', route)
  metrics.addMetric(duration, MetricUnit.Milliseconds, durationMs)
  metrics.addMetric(clientErrors, MetricUnit.Count, status >= 400 && status < 500 ? 1 : 0)
  metrics.addMetric(serverErrors, MetricUnit.Count, status >= 500 ? 1 : 0)
  metrics.publishStoredMetrics()
}

/** Publishes the outcome of one firing of a job. */
export const countRun = (job: string, succeeded: boolean, durationMs: number): void => {
  const metrics = ownMetrics()
  const { duration, failures } = workMetrics.jobs
  metrics.addMetadata('job', job)
  metrics.addMetric(duration, MetricUnit.Milliseconds, durationMs)
  metrics.addMetric(failures, MetricUnit.Count, succeeded ? 0 : 1)
  metrics.publishStoredMetrics()
}
