import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { planningTasks } from '../../../lambdas/planning/tasks.ts'
import type { Task } from '../../../lambdas/runtime/task.ts'
import { connectsAs, rightsOf, statements } from '../policies.ts'
import { at, handlerOf, only, type Resource, type Synthesized } from '../synthesized.ts'

/** The tasks that the state machine invokes. */
const steps = Object.values<Task>(planningTasks).filter(({ name }) => name !== 'end-stopped-run')

const definition = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })

export const simulationFacts = (synthesized: () => Synthesized): void => {
  const functionOf = (name: string): Resource => handlerOf(synthesized(), { domain: 'planning', name }, 'simulation')
  const stateMachine = () => only(synthesized().resources('AWS::StepFunctions::StateMachine', 'simulation'))
  const bucket = () => only(synthesized().resources('AWS::S3::Bucket', 'simulation'))

  /** The state machine's definition, each function's ARN written as its logical id. */
  const states = () => {
    const [, parts] = definition.parse(stateMachine().properties['DefinitionString'])['Fn::Join']
    const text = parts
      .map(part =>
        typeof part === 'string'
          ? part
          : z
              .string()
              .catch('aws')
              .parse(at(part, 'Fn::GetAtt', 0)),
      )
      .join('')
    return JSON.parse(text) as unknown
  }

  describe('large runs', () => {
    it('simulate their shards in parallel and merge them, with retries, and are marked as failed after the last one', () => {
      const [simulate, merge, fail] = ['simulate-shard', 'merge-run', 'fail-run'].map(name => functionOf(name).id)
      const throttled = {
        ErrorEquals: ['Lambda.TooManyRequestsException'],
        IntervalSeconds: 2,
        MaxAttempts: 10,
        MaxDelaySeconds: 60,
        JitterStrategy: 'FULL',
      }
      const Retry = [throttled, { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, JitterStrategy: 'FULL' }]
      const task = (Resource: unknown, Parameters: unknown) => ({ Type: 'Task', Resource, Parameters, Retry, ResultPath: null })
      const run = { 'userId.$': '$.userId', 'runId.$': '$.runId' }
      const caught = (Next: string) => [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next }]
      const failing = (stage: string) => ({ ...task(fail, { ...run, stage, 'error.$': '$.error' }), Next: 'Failed' })
      expect(states()).toEqual({
        StartAt: 'Shards',
        TimeoutSeconds: 1800,
        States: {
          Shards: {
            Type: 'Map',
            Label: 'Shards',
            ItemsPath: '$.shards',
            ItemSelector: { ...run, 'shardIndex.$': '$$.Map.Item.Value' },
            MaxConcurrency: 20,
            ResultPath: null,
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'SimulateShard',
              States: { SimulateShard: { ...task(simulate, { ...run, 'shardIndex.$': '$.shardIndex' }), End: true } },
            },
            Catch: caught('FailForShards'),
            Next: 'MergeRun',
          },
          MergeRun: { ...task(merge, run), Catch: caught('FailForMerge'), End: true },
          FailForShards: failing('simulate-shard'),
          FailForMerge: failing('merge-run'),
          Failed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
        },
      })
    })

    it('are logged and traced, without the data of users', () => {
      expect(stateMachine().properties).toMatchObject({
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: [expect.anything()] },
      })
    })

    it('keep their shards encrypted, with TLS required, closed to the public, for seven days', () => {
      expect(bucket().properties).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 7 }] },
      })
      expect(bucket().properties).not.toHaveProperty('BucketName')
      const policy = only(synthesized().resources('AWS::S3::BucketPolicy', 'simulation')).properties
      expect(at(policy, 'PolicyDocument', 'Statement')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      )
    })

    it('use functions outside the VPC, each with the rights that its task declares', () => {
      const facts = steps.map(({ backends, memoryMegabytes, name, timeoutSeconds }) => {
        const lambda = functionOf(name)
        const own = rightsOf(synthesized(), lambda).filter(({ effect }) => effect === 'Allow')
        expect(lambda.properties).not.toHaveProperty('VpcConfig')
        expect(lambda.properties).toMatchObject({ Timeout: timeoutSeconds, MemorySize: memoryMegabytes })
        const onBucket = own.filter(({ actions }) => actions.some(action => action.startsWith('s3:')))
        return {
          store: backends.includes('simulation-store'),
          variable: at(lambda.properties, 'Environment', 'Variables', 'SIMULATION_STORE_BUCKET') !== undefined,
          actions: onBucket.flatMap(({ actions }) => actions),
          resources: onBucket.flatMap(({ resources }) => resources),
          database: own.some(({ actions }) => actions.includes('rds-data:ExecuteStatement')),
          states: own.some(({ actions }) => actions.some(action => action.startsWith('states:'))),
        }
      })
      const objects = JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket().id, 'Arn'] }, '/runs/*']] })
      const expected = (store: boolean) => ({
        store,
        variable: store,
        actions: store ? ['s3:GetObject', 's3:PutObject'] : [],
        resources: store ? [objects] : [],
        database: true,
        states: false,
      })
      expect(facts).toEqual([true, true, false].map(expected))
    })

    it('are marked as failed when their execution is stopped or times out', () => {
      const lambda = functionOf('end-stopped-run')
      const arn = { 'Fn::GetAtt': [lambda.id, 'Arn'] }
      const queue = { 'Fn::GetAtt': [only(synthesized().resources('AWS::SQS::Queue', 'simulation')).id, 'Arn'] }
      expect(only(synthesized().resources('AWS::Events::Rule', 'simulation')).properties).toMatchObject({
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { stateMachineArn: [{ Ref: stateMachine().id }], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
        },
        Targets: [{ Arn: arn, DeadLetterConfig: { Arn: queue }, RetryPolicy: { MaximumRetryAttempts: 3 } }],
      })
      expect(lambda.properties).toHaveProperty('VpcConfig')
      expect(connectsAs(synthesized(), lambda)).toEqual(['nestegg_operator'])
    })

    it('may start their own functions and executions only', () => {
      const own = statements(synthesized()).filter(({ role, stack }) => stack === 'simulation' && role.startsWith('FanOutStateMachineRole'))
      const services = new Set(own.flatMap(({ actions }) => actions.map(action => action.replace(/:.*/, ''))))
      expect([...services].toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['lambda', 'logs', 'states', 'xray'])
      const invoked = own.filter(({ actions }) => actions.includes('lambda:InvokeFunction')).flatMap(({ resources }) => resources)
      const names = steps.map(({ name }) => functionOf(name).id)
      expect(invoked.filter(arn => !names.some(name => arn.includes(`"${name}"`)))).toEqual([])
      const started = own.filter(({ actions }) => actions.includes('states:StartExecution')).flatMap(({ resources }) => resources)
      expect(started).toEqual([JSON.stringify({ Ref: stateMachine().id })])
    })
  })
}
