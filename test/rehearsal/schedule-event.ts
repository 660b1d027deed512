import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { DeployedResource } from './deployed.ts'

const scheduleSchema = z.object({
  State: z.literal('ENABLED'),
  Target: z.object({
    Arn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z.object({ MaximumRetryAttempts: z.number(), MaximumEventAgeInSeconds: z.number() }),
    DeadLetterConfig: z.object({ Arn: z.string() }),
  }),
})

export const scheduleTarget = ({ properties }: DeployedResource) => scheduleSchema.parse(properties).Target

/**
 * The event that EventBridge Scheduler sends to a Lambda target: the target's input, in which each context attribute is replaced by its
 * value, or the default event of a target without an input.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 * @param scheduledTime RFC 3339 in UTC, without fractions of a second
 */
export const scheduleEvent = (schedule: DeployedResource, scheduledTime: string, attempt = 1): unknown => {
  const { Input } = scheduleTarget(schedule)
  const arn = schedule.arn ?? ''
  const executionId = randomUUID()
  if (Input === undefined) {
    const [, , , region, account] = arn.split(':')
    return {
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account,
      time: scheduledTime,
      region,
      resources: [arn],
      detail: '{}',
    }
  }
  const attributes: Readonly<Record<string, string>> = {
    'schedule-arn': arn,
    'scheduled-time': scheduledTime,
    'execution-id': executionId,
    'attempt-number': String(attempt),
  }
  const filled = Input.replaceAll(/<aws\.scheduler\.([\w-]+)>/g, (_, name: string) => {
    const value = attributes[name]
    if (value === undefined) throw new Error(`EventBridge Scheduler has no context attribute ${name}.`)
    return value
  })
  return JSON.parse(filled)
}
