import { Duration, Stack } from 'aws-cdk-lib'
import type { IBackupVault } from 'aws-cdk-lib/aws-backup'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  JsonPath,
  Pass,
  Succeed,
  TaskInput,
  type TaskStateBase,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions'
import { CallAwsService, type CallAwsServiceProps, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks'
import type { Construct } from 'constructs'
import type { DatabaseStack } from '../database.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { testClusterPrefix, useOfKeys } from './restore-role.ts'

export interface RestoreTestProps {
  readonly settings: EnvironmentSettings
  readonly database: DatabaseStack
  readonly vault: IBackupVault
  readonly validator: IFunction
}

const instancePrefix = 'nestegg-restore-test-'
/** Aurora adds an instance within minutes. It is waited for half an hour. */
const pollInterval = Duration.seconds(30)
const mostPolls = 60

/** The resources of a test that its role may change. */
export const testResources = (scope: Construct) => {
  const { account, partition, region } = Stack.of(scope)
  const rds = (resource: string) => `arn:${partition}:rds:${region}:${account}:${resource}`
  return {
    cluster: rds(`cluster:${testClusterPrefix}*`),
    instance: rds(`db:${instancePrefix}*`),
    snapshots: rds('cluster-snapshot:awsbackup:*'),
    // Those of the engine, which a new instance gets.
    defaults: [rds('pg:default.*'), rds('og:default:*')],
    subnetGroup: (name: string) => rds(`subgrp:${name}`),
  }
}

const at = (path: string): string => JsonPath.stringAt(path)
const caught = { resultPath: '$.error' }

/** A call of an API of AWS, which is tried again for some minutes. An expected error is not. */
const call = (scope: Construct, id: string, props: CallAwsServiceProps, expected?: string): CallAwsService => {
  const task = new CallAwsService(scope, id, props)
  if (expected !== undefined) task.addRetry({ errors: [expected], maxAttempts: 0 })
  task.addRetry({ maxAttempts: 5, interval: Duration.seconds(15), backoffRate: 2 })
  return task
}

/**
 * The test of a restore, from the end of a restore job of AWS Backup on. It adds an instance to the restored cluster, which has none, lets
 * the function compare it, deletes the instance again, since AWS Backup cannot delete a cluster with one, and reports. Whatever fails on the
 * way, the instance is deleted and the failure reported. AWS Backup deletes the cluster as soon as it has the report, so that comes last.
 * The input is the detail of the event "Restore Job State Change".
 */
export const restoreTest = (scope: Construct, { database, settings, validator, vault }: RestoreTestProps): IChainable => {
  const { cluster, defaults, instance, snapshots, subnetGroup } = testResources(scope)
  const { maximumCapacityUnits, minimumCapacityUnits } = settings.database
  const ofInstance = { DbInstanceIdentifier: at('$.instance') }
  const ofCluster = { DbClusterIdentifier: at('$.cluster') }
  const verdict = (id: string, message: string) =>
    new Pass(scope, id, { parameters: { status: 'FAILED', message }, resultPath: '$.verdict' })

  const passed = new Choice(scope, 'Passed')
    .when(Condition.stringEquals('$.verdict.status', 'SUCCESSFUL'), new Succeed(scope, 'Tested'))
    .otherwise(new Fail(scope, 'NotPassed', { error: 'RestoreTestFailed', causePath: '$.verdict.message' }))
  const report = call(scope, 'Report', {
    service: 'backup',
    action: 'putRestoreValidationResult',
    iamAction: 'backup:PutRestoreValidationResult',
    iamResources: ['*'],
    parameters: {
      RestoreJobId: at('$.job'),
      ValidationStatus: at('$.verdict.status'),
      ValidationStatusMessage: at('$.verdict.message'),
    },
    resultPath: JsonPath.DISCARD,
  }).next(passed)

  const missing = 'Rds.DbInstanceNotFoundException'
  // An instance that is still being made can be deleted a little later.
  const remove = new CallAwsService(scope, 'RemoveInstance', {
    service: 'rds',
    action: 'deleteDBInstance',
    iamAction: 'rds:DeleteDBInstance',
    iamResources: [instance],
    parameters: { ...ofInstance, SkipFinalSnapshot: true },
    resultPath: JsonPath.DISCARD,
  })
    .addRetry({ errors: [missing], maxAttempts: 0 })
    .addRetry({ maxAttempts: 20, interval: Duration.seconds(30), backoffRate: 1 })
    .addCatch(report, { ...caught, errors: [missing] })
    .addCatch(verdict('NotRemoved', 'The instance that the test added could not be deleted. Delete it by hand.').next(report), caught)
  remove.next(report)

  const untested = verdict('Untested', JsonPath.format('The test was not completed: {}', at('$.error.Error'))).next(remove)
  const guarded = <Task extends TaskStateBase>(task: Task): Task => {
    task.addCatch(untested, caught)
    return task
  }

  const validate = guarded(
    new LambdaInvoke(scope, 'Validate', {
      lambdaFunction: validator,
      payload: TaskInput.fromObject({
        restoreJobId: at('$.job'),
        recoveryPointArn: at('$.recoveryPoint'),
        recoveryPointAt: at('$.point.CreationDate'),
        restoreStartedAt: at('$.startedAt'),
        host: at('$.found.DbInstances[0].Endpoint.Address'),
      }),
      payloadResponseOnly: true,
      resultPath: '$.verdict',
      retryOnServiceExceptions: false,
    }).addRetry({ maxAttempts: 2, interval: Duration.minutes(1), backoffRate: 2 }),
  ).next(remove)

  const wait = new Wait(scope, 'AwaitInstance', { time: WaitTime.duration(pollInterval) })
  const poll = guarded(
    call(scope, 'FindInstance', {
      service: 'rds',
      action: 'describeDBInstances',
      iamAction: 'rds:DescribeDBInstances',
      iamResources: [instance],
      parameters: ofInstance,
      resultPath: '$.found',
    }),
  )
  const count = new Pass(scope, 'CountPoll', {
    parameters: { polls: JsonPath.mathAdd(JsonPath.numberAt('$.count.polls'), 1) },
    resultPath: '$.count',
  })
  wait.next(poll)
  poll.next(count)
  count.next(
    new Choice(scope, 'Available')
      .when(Condition.stringEquals('$.found.DbInstances[0].DbInstanceStatus', 'available'), validate)
      .when(
        Condition.numberGreaterThanEquals('$.count.polls', mostPolls),
        verdict('NotAvailable', 'The restored cluster had no available instance after half an hour.').next(remove),
      )
      .otherwise(wait),
  )

  const existing = 'Rds.DbInstanceAlreadyExistsException'
  const add = guarded(
    call(
      scope,
      'AddInstance',
      {
        service: 'rds',
        action: 'createDBInstance',
        iamAction: 'rds:CreateDBInstance',
        iamResources: [instance, cluster, ...defaults, subnetGroup(database.restoreTargets.subnetGroupName)],
        additionalIamStatements: useOfKeys(scope, [database.key]),
        parameters: {
          ...ofInstance,
          ...ofCluster,
          DbInstanceClass: 'db.serverless',
          Engine: 'aurora-postgresql',
          PubliclyAccessible: false,
        },
        resultPath: JsonPath.DISCARD,
        // An attempt of before has made it, and its answer was lost. Only this execution uses the name.
      },
      existing,
    ).addCatch(wait, { ...caught, errors: [existing] }),
  )
  add.next(wait)
  const adjust = guarded(
    call(scope, 'SetCapacity', {
      service: 'rds',
      action: 'modifyDBCluster',
      iamAction: 'rds:ModifyDBCluster',
      iamResources: [cluster],
      parameters: {
        ...ofCluster,
        ApplyImmediately: true,
        EnableIAMDatabaseAuthentication: true,
        ServerlessV2ScalingConfiguration: { MinCapacity: minimumCapacityUnits, MaxCapacity: maximumCapacityUnits },
      },
      resultPath: JsonPath.DISCARD,
    }),
  ).next(add)
  const describe = guarded(
    call(scope, 'FindRecoveryPoint', {
      service: 'backup',
      action: 'describeRecoveryPoint',
      iamAction: 'backup:DescribeRecoveryPoint',
      iamResources: [snapshots],
      parameters: { BackupVaultName: vault.backupVaultName, RecoveryPointArn: at('$.recoveryPoint') },
      resultPath: '$.point',
    }),
  ).next(adjust)
  const prepare = new Pass(scope, 'Prepare', {
    parameters: {
      job: at('$.restoreJobId'),
      cluster: JsonPath.arrayGetItem(JsonPath.stringSplit(at('$.createdResourceArn'), ':'), 6),
      instance: JsonPath.format(`${instancePrefix}{}`, at('$.restoreJobId')),
      recoveryPoint: at('$.recoveryPointArn'),
      startedAt: at('$.creationDate'),
      count: { polls: 0 },
    },
  }).next(describe)
  return new Choice(scope, 'Restored')
    .when(Condition.stringEquals('$.status', 'COMPLETED'), prepare)
    .otherwise(new Fail(scope, 'NotRestored', { error: 'RestoreFailed', cause: 'AWS Backup could not restore the recovery point.' }))
}
