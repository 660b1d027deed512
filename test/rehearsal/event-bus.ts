import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Deployed } from './deployed.ts'

const target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  /** The role that starts a state machine. */
  RoleArn: z.string().optional(),
  InputPath: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }),
  RetryPolicy: z.strictObject({ MaximumRetryAttempts: z.number(), MaximumEventAgeInSeconds: z.number() }),
})
const rule = z.strictObject({
  State: z.literal('ENABLED'),
  Description: z.string(),
  Tags: z.unknown(),
  EventPattern: z.record(z.string(), z.unknown()),
  Targets: z.array(target),
})

export interface BusEvent {
  readonly source: string
  readonly 'detail-type': string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

const matchesValue = (alternative: unknown, value: unknown): boolean => {
  if (typeof alternative === 'string') return alternative === value
  const { prefix } = z.strictObject({ prefix: z.string() }).parse(alternative)
  return typeof value === 'string' && value.startsWith(prefix)
}

/**
 * Whether an event has each field of a pattern, with one of its alternatives. An operator other than `prefix` is an error.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
const matches = (pattern: Readonly<Record<string, unknown>>, event: unknown): boolean =>
  Object.entries(pattern).every(([field, expected]) => {
    const value: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, field) : undefined
    if (Array.isArray(expected)) return expected.some(alternative => matchesValue(alternative, value))
    return matches(z.record(z.string(), z.unknown()).parse(expected), value)
  })

/** An event as the bus of the account passes it to targets. */
export const busEvent = ({ account, region }: Pick<Deployed, 'account' | 'region'>, event: BusEvent) => ({
  version: '0',
  id: randomUUID(),
  account,
  region,
  time: '2026-11-26T04:05:06Z',
  ...event,
})

const rulesOf = (deployed: Pick<Deployed, 'resources'>) =>
  deployed.resources('AWS::Events::Rule').map(({ properties }) => rule.parse(properties))

/** The targets of all rules. */
export const ruleTargets = (deployed: Pick<Deployed, 'resources'>) => rulesOf(deployed).flatMap(({ Targets }) => Targets)

/** The targets of the rules that match an event on the default bus. They get the event, or the part of it at their input path. */
export const targetsOf = (deployed: Pick<Deployed, 'resources'>, event: unknown) =>
  rulesOf(deployed)
    .filter(({ EventPattern }) => matches(EventPattern, event))
    .flatMap(({ Targets }) => Targets)
