import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { asyncSettings, invokeAsync } from './async-invocation.ts'
import { deployed } from './deployed.ts'
import { ruleTargets } from './event-bus.ts'
import { type Functions, startFunctions } from './functions.ts'
import { deployedRoutes } from './http-api.ts'
import { scheduleEvent, scheduleTarget } from './schedule-event.ts'

const prod = await deployed('prod')
const schedules = prod.resources('AWS::Scheduler::Schedule')
const isMachine = ({ Arn }: { readonly Arn: string }) => Arn.includes(':stateMachine:')
/** Everything that invokes a function with an event, and does not wait for its answer. */
const targets = [...schedules.map(schedule => scheduleTarget(schedule)), ...ruleTargets(prod).filter(target => !isMachine(target))]
const alarmSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Statistic: z.string(),
  Threshold: z.number(),
  ComparisonOperator: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  AlarmActions: z.array(z.string()).min(1),
})

describe('an event', () => {
  it.each(targets)(
    'of $Arn is kept in one queue, whether it cannot be delivered or its function fails',
    ({ Arn, DeadLetterConfig, RetryPolicy }) => {
      const { destination, retries } = asyncSettings(prod, Arn)
      expect(destination).toBe(DeadLetterConfig.Arn)
      expect(retries).toBe(2)
      expect(RetryPolicy).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 21_600 })
      const { name, properties, type } = prod.byArn(destination)
      expect(type).toBe('AWS::SQS::Queue')
      expect(properties['MessageRetentionPeriod']).toBe(14 * 24 * 60 * 60)
      const alarms = prod
        .resources('AWS::CloudWatch::Alarm')
        .filter(alarm => JSON.stringify(alarm.properties).includes(destination.split(':').at(-1)!))
      expect(alarms.map(alarm => alarmSchema.parse(alarm.properties))).toMatchObject([
        {
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Statistic: 'Maximum',
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Threshold: 1,
          Dimensions: [{ Name: 'QueueName', Value: name.split('/').at(-1)! }],
        },
      ])
    },
  )

  it('in a queue is consumed by no function: an operator sends it again', () => {
    expect(prod.resources('AWS::Lambda::EventSourceMapping')).toEqual([])
  })
})

it('each own function is invoked by a route, an event, a URL, a state machine or the resource of the migrations, and by one of them only', () => {
  const machines = prod.resources('AWS::StepFunctions::StateMachine').map(({ properties }) => String(properties['DefinitionString']))
  const variables = prod.functions().flatMap(({ arn, environment }) => Object.values(environment).map(value => ({ arn, value })))
  const sources = {
    route: new Set(deployedRoutes(prod).map(route => route.function.arn)),
    event: new Set(targets.map(({ Arn }) => Arn)),
    url: new Set(prod.resources('AWS::Lambda::Url').map(({ properties }) => properties['TargetFunctionArn'])),
    machine: new Set(prod.functions().flatMap(({ arn }) => (machines.some(text => text.includes(`"${arn}"`)) ? [arn] : []))),
    caller: new Set(
      prod
        .functions()
        .flatMap(({ arn, name }) => (variables.some(({ arn: by, value }) => by !== arn && [arn, name].includes(value)) ? [arn] : [])),
    ),
  }
  const invoked = prod.functions().filter(({ domain }) => domain !== undefined)
  const counts = invoked.map(({ arn, name }) => ({ name, by: Object.values(sources).filter(arns => arns.has(arn)).length }))
  expect(counts.filter(({ by }) => by !== 1)).toEqual([])
})

describe('a job that fails', () => {
  let database: TestDatabase
  let functions: Functions
  beforeAll(async () => {
    database = await createTestDatabase()
    functions = startFunctions({ deployed: prod, database })
  })
  afterAll(async () => {
    await functions.close()
    await database.drop()
  })

  it('leaves its event in the queue of the jobs, and does its work when the event is sent again', async () => {
    const [lambda] = prod.functionsOf('operations/make-partitions')
    const schedule = schedules.find(each => scheduleTarget(each).Arn === lambda!.arn)!
    const administrator = database.connect('postgres')
    const runs = () => administrator`select status from operations.job_runs where job = 'operations/make-partitions'`

    await administrator`alter function operations.make_audit_partitions(integer) rename to gone`
    const failed = await invokeAsync(prod, functions, lambda!.arn, scheduleEvent(schedule, '2026-11-26T03:15:00Z'))
    expect(failed).toMatchObject({
      queueArn: scheduleTarget(schedule).DeadLetterConfig.Arn,
      record: {
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: { scheduledTime: '2026-11-26T03:15:00Z' },
        responsePayload: { errorMessage: expect.stringContaining('make_audit_partitions') },
      },
    })
    expect(await runs()).toEqual([{ status: 'failed' }])

    await administrator`alter function operations.gone(integer) rename to make_audit_partitions`
    expect(await invokeAsync(prod, functions, lambda!.arn, failed!.record.requestPayload)).toBeUndefined()
    expect(await runs()).toEqual([{ status: 'succeeded' }])
  })
})
