import { Duration, Validations } from 'aws-cdk-lib'
import { ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule } from 'aws-cdk-lib/aws-events'
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import {
  DefinitionBody,
  DistributedMap,
  Fail,
  JitterType,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions'
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks'
import { Construct } from 'constructs'
import { concurrentShards, planningTasks, taskRetries } from '../../lambdas/planning/tasks.ts'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import type { Task } from '../../lambdas/runtime/task.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import { anyVersionOf, arnPrefixOf, logicalIdOf } from './acknowledgements.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { Backends, SimulationBackend } from './backends.ts'
import { failureQueue, ruleTarget } from './failure-queue.ts'
import type { NesteggFunction } from './nestegg-function.ts'

export interface SimulationFanOutProps {
  readonly backends: Backends
  readonly alarms: AlarmTopics
}

const runPeriod = Duration.minutes(30)
const alarmPeriod = Duration.minutes(5)
const workKeptFor = Duration.days(7)

/**
 * The simulation of large runs: a state machine that simulates the shards of a run in parallel and merges them, its functions, and the
 * bucket for data that is too large for the state. If a step fails after all retries, or the execution is
 * stopped or times out, the run is marked as failed.
 */
export class SimulationFanOut extends Construct implements SimulationBackend {
  readonly storeVariables: BackendVariables<'simulation-store'>
  readonly startVariables: BackendVariables<'simulation-fan-out'>
  private readonly bucket: Bucket
  private readonly stateMachine: StateMachine

  constructor(scope: Construct, id: string, { backends, alarms }: SimulationFanOutProps) {
    super(scope, id)
    const { settings } = backends
    this.bucket = new Bucket(this, 'Store', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      lifecycleRules: [{ expiration: workKeptFor, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: settings.removalPolicy,
    })
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds intermediate data of functions for seven days. Only they may read it, and they log their work.',
    })
    this.storeVariables = { SIMULATION_STORE_BUCKET: this.bucket.bucketName }

    const code = domainCode(backends.buildFolder, 'planning')
    const functionOf = (task: Task): IFunction =>
      new BackendFunction(this, task.name, {
        unit: task,
        description: task.summary,
        role: 'nestegg_runs',
        backends: { ...backends, simulation: this },
        code,
      }).function
    const functions = {
      simulateShard: functionOf(planningTasks['simulate-shard']),
      mergeRun: functionOf(planningTasks['merge-run']),
      failRun: functionOf(planningTasks['fail-run']),
    }
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromChainable(largeRun(this, functions)),
      timeout: runPeriod,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
      removalPolicy: settings.removalPolicy,
    })
    this.startVariables = { SIMULATION_STATE_MACHINE_ARN: this.stateMachine.stateMachineArn }
    acknowledgeWildcards(this.stateMachine, Object.values(functions))
    const failures = failureQueue(this, {
      settings,
      alarms,
      alarmName: 'EndedRunsNotRecorded',
      summary: 'The end of a large run could not be recorded in three attempts. Its event is in the queue.',
      runbook: 'a-large-run-failed',
      source: 'the rule',
    })
    const endTask = planningTasks['end-stopped-run']
    const end = new BackendFunction(this, endTask.name, {
      unit: endTask,
      description: endTask.summary,
      role: 'nestegg_operator',
      backends,
      code,
      failures,
    })
    new Rule(this, 'Ended', {
      description: 'A large run ended without a result',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [ruleTarget(end.function, failures)],
    })
    alarms.add(this, 'LargeRunsFail', {
      summary: 'A large run failed after its retries, or took more than half an hour.',
      severity: 'ticket',
      runbook: 'a-large-run-failed',
      metric: new MathExpression({
        expression: 'failed + timedOut',
        usingMetrics: {
          failed: this.stateMachine.metricFailed({ period: alarmPeriod }),
          timedOut: this.stateMachine.metricTimedOut({ period: alarmPeriod }),
        },
        label: 'Large runs that failed',
        period: alarmPeriod,
      }),
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'no data is reported while no run is queued' },
    })
  }

  /** Lets the grantee start executions of this state machine only. */
  grantStart(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [this.stateMachine.stateMachineArn] })
  }

  /** Lets the grantee read and write the objects of runs. */
  grantStore(grantee: NesteggFunction): Grant {
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/runs/*]`,
      reason: 'The names of future objects are not known. The bucket holds no other objects.',
    })
    return Grant.addToPrincipal({ grantee, actions: ['s3:GetObject', 's3:PutObject'], resourceArns: [this.bucket.arnForObjects('runs/*')] })
  }
}

interface LargeRunFunctions {
  readonly simulateShard: IFunction
  readonly mergeRun: IFunction
  readonly failRun: IFunction
}

const run = { userId: JsonPath.stringAt('$.userId'), runId: JsonPath.stringAt('$.runId') }

/**
 * Shards in parallel, then the merge. A failure after all retries fails the run and names its stage. No failed shard is tolerated, the
 * default of a distributed map. The state is passed on unchanged.
 */
const largeRun = (scope: Construct, { simulateShard, mergeRun, failRun }: LargeRunFunctions): DistributedMap => {
  const invoke = (id: string, lambdaFunction: IFunction, payload: Record<string, unknown>) =>
    new LambdaInvoke(scope, id, {
      lambdaFunction,
      payload: TaskInput.fromObject(payload),
      payloadResponseOnly: true,
      resultPath: JsonPath.DISCARD,
      retryOnServiceExceptions: false,
    })
      // The account's concurrency, which all functions share, is used up. It takes more than a few seconds until some is free again.
      .addRetry({
        errors: ['Lambda.TooManyRequestsException'],
        maxAttempts: 10,
        interval: Duration.seconds(2),
        maxDelay: Duration.minutes(1),
        jitterStrategy: JitterType.FULL,
      })
      .addRetry({
        maxAttempts: taskRetries.maximumRetries,
        interval: Duration.seconds(taskRetries.firstWaitSeconds),
        backoffRate: taskRetries.backoffRate,
        jitterStrategy: JitterType.FULL,
      })
  const failed = new Fail(scope, 'Failed', { errorPath: '$.error.Error', causePath: '$.error.Cause' })
  const fail = (id: string, stage: keyof typeof planningTasks) =>
    invoke(id, failRun, { ...run, stage, error: JsonPath.objectAt('$.error') }).next(failed)
  const caught = { resultPath: '$.error' }
  const shards = new DistributedMap(scope, 'Shards', {
    label: 'Shards',
    itemsPath: '$.shards',
    itemSelector: { ...run, shardIndex: JsonPath.numberAt('$$.Map.Item.Value') },
    maxConcurrency: concurrentShards,
    mapExecutionType: StateMachineType.STANDARD,
    resultPath: JsonPath.DISCARD,
  })
  shards.itemProcessor(invoke('SimulateShard', simulateShard, { ...run, shardIndex: JsonPath.numberAt('$.shardIndex') }))
  shards.addCatch(fail('FailForShards', 'simulate-shard'), caught)
  shards.next(invoke('MergeRun', mergeRun, run).addCatch(fail('FailForMerge', 'merge-run'), caught))
  return shards
}

/** Acknowledges the rights that CDK writes for a state machine and that cannot be narrower. */
const acknowledgeWildcards = (stateMachine: StateMachine, called: readonly IFunction[]): void => {
  const executions = `${arnPrefixOf(stateMachine, 'states')}execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalIdOf(stateMachine)}"}]}]}`
  Validations.of(stateMachine).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Delivering logs and trace segments has no resource-level permissions.',
    },
    ...called.map(lambda => ({
      id: anyVersionOf(lambda),
      reason: 'The state machine may call any version of its own three functions, and nothing else.',
    })),
    ...[':*', '/Shards:*'].map(which => ({
      id: `AwsSolutions-IAM5[Resource::${executions}${which}]`,
      reason: 'A distributed map reads, stops and resumes the executions that it starts. Their names are not known before.',
    })),
  )
}
