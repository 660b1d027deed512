import { Logger } from '@aws-lambda-powertools/logger'
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import type { Context } from 'aws-lambda'

const serviceName = 'nestegg'
export const logger = new Logger({ serviceName })
export const metrics = new Metrics({ namespace: 'Nestegg', serviceName })
export const tracer = new Tracer({ serviceName })

/** Runs `work` in a trace segment named after the function. An error is recorded on the segment and thrown on. */
export const traced = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  if (!tracer.isTracingEnabled()) return work()
  const parent = tracer.getSegment()
  const segment = parent?.addNewSubsegment(`## ${name}`)
  if (segment) tracer.setSegment(segment)
  tracer.annotateColdStart()
  tracer.addServiceNameAnnotation()
  try {
    return await work()
  } catch (error) {
    tracer.addErrorAsMetadata(error as Error)
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

/** Counts a finished request by outcome, with its duration in milliseconds. */
export const countRequest = (route: string, status: number, durationMs: number): void => {
  metrics.addDimension('route', route)
  metrics.addMetric(status >= 500 ? 'Faults' : status >= 400 ? 'Refusals' : 'Successes', MetricUnit.Count, 1)
  metrics.addMetric('DurationMs', MetricUnit.Milliseconds, durationMs)
  metrics.publishStoredMetrics()
}
