import { Duration, Validations } from 'aws-cdk-lib'
import { CfnRestoreTestingPlan, CfnRestoreTestingSelection, type IBackupVault } from 'aws-cdk-lib/aws-backup'
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets'
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { DefinitionBody, type IChainable, JsonPath, LogLevel, StateMachine, Succeed, TaskInput } from 'aws-cdk-lib/aws-stepfunctions'
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks'
import { Construct } from 'constructs'
import { operationsTasks } from '../../lambdas/operations/tasks.ts'
import { metricNamespace, restoreTestAge } from '../../lambdas/runtime/metrics.ts'
import { anyVersionOf, arnPrefixOf } from './acknowledgements.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { Backends } from './backends.ts'
import { failureQueue } from './failure-queue.ts'
import { restoreRole } from './restore-role.ts'
import { restoreTest, testResources } from './restore-test-states.ts'
import { sumOf } from './sum-of.ts'

export interface RestoreTestingProps {
  readonly backends: Backends
  readonly vault: IBackupVault
  readonly vaultKey: IKey
  readonly alarms: AlarmTopics
}

/** More than all waits and retries of a test together. */
const longestTest = Duration.hours(3)
/** AWS Backup keeps the restored cluster so long, or until it has the report. */
const validationHours = 4
/** A week, and two days for a test that is repeated by hand or comes late. */
const longestAgeHours = 9 * 24
const period = Duration.hours(1)

/**
 * Every week AWS Backup restores the newest snapshot of the vault into a new cluster. A state machine adds an instance, a function compares the
 * data, and AWS Backup gets the result.
 *
 * Costs per test: the price of AWS Backup for a test, the restored storage for hours, and an instance for about half an hour.
 */
export class RestoreTesting extends Construct {
  private readonly backends: Backends
  private readonly logs: LogGroup

  constructor(scope: Construct, id: string, { alarms, backends, vault, vaultKey }: RestoreTestingProps) {
    super(scope, id)
    this.backends = backends
    const { settings } = backends
    this.logs = new LogGroup(this, 'Logs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    const plan = this.addPlan(vault, vaultKey)
    const validator = this.addValidator()
    const test = this.addStateMachine(
      'Test',
      restoreTest(this, { settings, database: backends.database, validator: validator.function, vault }),
    )
    const { cluster, defaults, instance, snapshots } = testResources(this)
    Validations.of(test).acknowledge(
      { id: anyVersionOf(validator.function), reason: 'The state machine may call any version of its own function, and nothing else.' },
      ...[cluster, instance, snapshots, ...defaults].map(arn => ({
        id: `AwsSolutions-IAM5[Resource::${arn}]`,
        reason:
          'The names are random, or those of AWS. The prefix belongs to restore tests, to snapshots of AWS Backup or to defaults of the engine.',
      })),
    )
    const start = this.addStateMachine('Start', this.startOnce(test))
    const failures = failureQueue(this, {
      settings,
      alarms,
      alarmName: 'RestoreTestNotStarted',
      summary: 'A restored backup could not be tested: its event could not be delivered. It is in the queue.',
      runbook: 'a-restore-test-failed',
      source: 'the rule',
    })
    new Rule(this, 'Ended', {
      description: 'AWS Backup has restored a backup for a test, or could not',
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Restore Job State Change'],
        detail: { restoreTestingPlanArn: [plan.attrRestoreTestingPlanArn], status: ['COMPLETED', 'FAILED', 'ABORTED'] },
      },
      targets: [
        new SfnStateMachine(start, {
          input: RuleTargetInput.fromEventPath('$.detail'),
          deadLetterQueue: failures,
          retryAttempts: 3,
          maxEventAge: Duration.hours(6),
        }),
      ],
    })
    this.addAlarms([test, start], alarms)
  }

  private addPlan(vault: IBackupVault, vaultKey: IKey): CfnRestoreTestingPlan {
    const { database, settings } = this.backends
    const { parameterGroupName, securityGroupId, subnetGroupName } = database.restoreTargets
    const plan = new CfnRestoreTestingPlan(this, 'Plan', {
      // Letters, digits and underscores only.
      restoreTestingPlanName: `nestegg_${settings.name}`,
      // After the backup of the night, at a time at which somebody sees the alarm.
      scheduleExpression: 'cron(30 8 ? * SUN *)',
      startWindowHours: 1,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 7,
      },
    })
    new CfnRestoreTestingSelection(this, 'Selection', {
      restoreTestingPlanName: plan.ref,
      restoreTestingSelectionName: 'database',
      protectedResourceType: 'Aurora',
      protectedResourceArns: [database.cluster.clusterArn],
      iamRoleArn: restoreRole(this, 'RestoreRole', { database, vaultKey }).roleArn,
      validationWindowHours: validationHours,
      // https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html; a list is JSON in a text.
      restoreMetadataOverrides: {
        dbSubnetGroupName: subnetGroupName,
        dbClusterParameterGroupName: parameterGroupName,
        vpcSecurityGroupIds: `["${securityGroupId}"]`,
      },
    })
    return plan
  }

  private addValidator(): BackendFunction {
    const { database } = this.backends
    const task = operationsTasks['validate-restore']
    const validator = new BackendFunction(this, task.name, {
      unit: task,
      description: task.summary,
      role: 'nestegg_operator',
      backends: this.backends,
      code: domainCode(this.backends.buildFolder, task.domain),
    })
    const users = `${arnPrefixOf(this, 'rds-db')}dbuser:`
    const ownerOfAny = `${users}cluster-*/nestegg_owner`
    validator.addRights(
      new PolicyStatement({ actions: ['rds-db:connect'], resources: [ownerOfAny] }),
      // Of the database in use it is not the owner.
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['rds-db:connect'],
        resources: [`${users}${database.cluster.clusterResourceIdentifier}/nestegg_owner`],
      }),
    )
    Validations.of(validator).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${ownerOfAny}]`,
      reason:
        'A restored cluster has a resource id that nobody knows before. The right is for one database user, in this account and Region, and is denied for the cluster in use.',
    })
    return validator
  }

  private addStateMachine(id: string, definition: IChainable): StateMachine {
    const machine = new StateMachine(this, id, {
      definitionBody: DefinitionBody.fromChainable(definition),
      timeout: longestTest,
      tracingEnabled: true,
      logs: { destination: this.logs, level: LogLevel.ALL, includeExecutionData: false },
      removalPolicy: this.backends.settings.removalPolicy,
    })
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Delivering logs and trace segments, and reporting on a restore job, have no resource-level permissions.',
    })
    return machine
  }

  /**
   * EventBridge delivers an event at least once, and cannot name an execution. This names it after the restore job: Step Functions accepts a
   * name once in 90 days.
   */
  private startOnce(test: StateMachine): IChainable {
    const started = new Succeed(this, 'Started')
    return new StepFunctionsStartExecution(this, 'StartTest', {
      stateMachine: test,
      name: JsonPath.stringAt('$.restoreJobId'),
      input: TaskInput.fromJsonPathAt('$'),
      associateWithParent: false,
    })
      .addRetry({ errors: ['StepFunctions.ExecutionAlreadyExistsException'], maxAttempts: 0 })
      .addRetry({ maxAttempts: 5, interval: Duration.seconds(15), backoffRate: 2 })
      .addCatch(started, { errors: ['StepFunctions.ExecutionAlreadyExistsException'] })
      .next(started)
  }

  private addAlarms(machines: readonly StateMachine[], alarms: AlarmTopics): void {
    const { name } = this.backends.settings
    alarms.add(this, 'RestoreTestFailed', {
      summary: 'A backup could not be restored for a test, or the restored data has faults, or the test was not completed.',
      severity: 'ticket',
      runbook: 'a-restore-test-failed',
      metric: sumOf(
        'tests',
        machines.flatMap(machine => [
          machine.metricFailed({ period }),
          machine.metricTimedOut({ period }),
          machine.metricAborted({ period }),
        ]),
        { label: 'Restore tests that failed', period },
      ),
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'hours without a test report no data' },
    })
    // CloudWatch looks back seven days at most, so the age is a metric.
    alarms.add(this, 'RestoreTestMissing', {
      summary: `No test of a restore has found the data good for ${longestAgeHours / 24} days, or none ever has.`,
      severity: 'ticket',
      runbook: 'no-restore-test-succeeded',
      metric: new Metric({
        namespace: metricNamespace,
        metricName: restoreTestAge,
        dimensionsMap: { service: 'operations', environment: name },
        statistic: 'Maximum',
        period,
      }),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: longestAgeHours,
      evaluationPeriods: 2,
      missingData: {
        treatment: TreatMissingData.BREACHING,
        because: 'the age is published every hour, unless no test has succeeded yet or the database does not answer',
      },
    })
  }
}
