import { Aws, CfnOutput, Duration, Fn } from 'aws-cdk-lib'
import {
  BackupPlan,
  type BackupPlanCopyActionProps,
  BackupPlanRule,
  BackupResource,
  BackupSelection,
  BackupVault,
  type BackupVaultProps,
} from 'aws-cdk-lib/aws-backup'
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Schedule } from 'aws-cdk-lib/aws-events'
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { backupRole } from './constructs/backup-role.ts'
import type { Backends } from './constructs/backends.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { RestoreTesting } from './constructs/restore-testing.ts'
import { sumOf } from './constructs/sum-of.ts'
import { type BackupCopy, placeOfVault, type VaultLock } from './deployment.ts'
import type { OperationsStack } from './operations.ts'

/** The shortest time that AWS allows until a lock cannot be removed. https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html */
const changeableFor = Duration.days(3)

const lockOf = (lock: VaultLock | undefined, keptDays: number): Pick<BackupVaultProps, 'lockConfiguration'> =>
  lock === undefined
    ? {}
    : { lockConfiguration: { minRetention: Duration.days(keptDays), ...(lock === 'compliance' ? { changeableFor } : {}) } }

export interface BackupsStackProps {
  readonly backends: Backends
  /** How long a backup stays in the vault of this account. */
  readonly keptDays: number
  readonly operations: OperationsStack
}

/** A job waits so long for a cluster that is busy, such as in its maintenance window. */
const startWindow = Duration.hours(4)
const completionWindow = Duration.hours(12)
/** A day, the longest wait for the start, and two hours for the backup itself. */
const absentHours = 24 + 4 + 2
const period = Duration.hours(1)

/**
 * Daily snapshots of the cluster that the environment uses, in a vault of their own, copies in other vaults, and a weekly test. They are no part of the
 * database's stack: its continuous backups end with the cluster, these do not, and the alarms exist only after the database.
 *
 * Costs per month: one dollar for the key of the vault. The backups in it cost nothing while they are not older than Aurora's own retention.
 * Each copy costs the storage of the whole database, and its transfer to the other Region: Aurora has no incremental copies.
 */
export class BackupsStack extends NesteggStack {
  constructor(scope: Construct, id: string, { backends, keptDays, operations }: BackupsStackProps) {
    const { database, settings } = backends
    super(scope, id, { settings, description: 'Backups of the database in a vault, their copies, and tests of restores' })
    this.addStackDependency(database, 'The database is migrated before the code that needs it is deployed')
    const copies = settings.backups?.copies ?? []
    const vaultKey = new Key(this, 'Key', {
      description: 'Backups that are copied back into the vault',
      enableKeyRotation: true,
      removalPolicy: settings.removalPolicy,
    })
    const vault = new BackupVault(this, 'Vault', {
      // CDK's name would be the same after the stack was deleted, when the vault of before still has it.
      backupVaultName: `nestegg-${settings.name}-${Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))}`,
      encryptionKey: vaultKey,
      // Only their age deletes backups, and nobody who took over a role.
      blockRecoveryPointDeletion: true,
      ...lockOf(settings.vaultLock, keptDays),
      removalPolicy: settings.removalPolicy,
    })
    for (const account of otherAccounts(copies, settings.account)) {
      vault.addToAccessPolicy(
        new PolicyStatement({ principals: [new AccountPrincipal(account)], actions: ['backup:CopyIntoBackupVault'], resources: ['*'] }),
      )
    }
    const rule = (ruleName: string, scheduleExpression: Schedule, every: BackupCopy['every']) =>
      new BackupPlanRule({
        ruleName,
        backupVault: vault,
        scheduleExpression,
        startWindow,
        completionWindow,
        deleteAfter: Duration.days(keptDays),
        copyActions: copies.filter(copy => copy.every === every).map((copy, index) => this.copyAction(`${ruleName}-${index + 1}`, copy)),
      })
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: `nestegg-${settings.name}`,
      backupPlanRules: [rule('daily', Schedule.cron({ minute: '30', hour: '3' }), 'day')],
    })
    if (copies.some(({ every }) => every === 'month'))
      plan.addRule(rule('monthly', Schedule.cron({ minute: '30', hour: '9', day: '1' }), 'month'))
    new BackupSelection(this, 'Selection', {
      backupPlan: plan,
      backupSelectionName: 'database',
      resources: [BackupResource.fromArn(database.cluster.clusterArn)],
      role: backupRole(this, 'Role', { database, vault, copies }),
      disableDefaultBackupPolicy: true,
    })
    this.addAlarms(vault, copies, operations)
    new RestoreTesting(this, 'RestoreTesting', { backends, vault, vaultKey, alarms: operations.alarms })
    new CfnOutput(this, 'VaultName', { value: vault.backupVaultName })
    new CfnOutput(this, 'VaultArn', { value: vault.backupVaultArn })
  }

  private copyAction(id: string, { keptDays, vaultArn }: BackupCopy): BackupPlanCopyActionProps {
    return { destinationBackupVault: BackupVault.fromBackupVaultArn(this, id, vaultArn), deleteAfter: Duration.days(keptDays) }
  }

  private addAlarms(vault: BackupVault, copies: readonly BackupCopy[], { alarms }: OperationsStack): void {
    const jobs = (metricName: string, backupVaultName = vault.backupVaultName) =>
      new Metric({ namespace: 'AWS/Backup', metricName, dimensionsMap: { BackupVaultName: backupVaultName }, statistic: 'Sum', period })
    const failed = {
      severity: 'ticket',
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'hours without a job report no data' },
    } as const
    alarms.add(this, 'BackupFailed', {
      ...failed,
      summary: 'A backup of the database failed, or was not started in its window.',
      runbook: 'a-backup-failed',
      metric: sumOf(
        'jobs',
        ['Failed', 'Aborted', 'Expired'].map(state => jobs(`NumberOfBackupJobs${state}`)),
        { label: 'Backups that failed', period },
      ),
    })
    if (copies.length > 0) {
      // AWS does not say whether a copy counts for the vault that it comes from or for the other one.
      const vaults = new Set([vault.backupVaultName, ...copies.map(({ vaultArn }) => placeOfVault(vaultArn).name)])
      alarms.add(this, 'BackupCopyFailed', {
        ...failed,
        summary: 'A backup of the database was not copied to another Region or account.',
        runbook: 'a-copy-of-a-backup-failed',
        metric: sumOf(
          'copies',
          [...vaults].map(name => jobs('NumberOfCopyJobsFailed', name)),
          { label: 'Copies that failed', period },
        ),
      })
    }
    alarms.add(this, 'BackupMissing', {
      summary: `No backup of the database was completed for ${absentHours} hours.`,
      severity: 'ticket',
      runbook: 'no-backup-was-completed',
      metric: jobs('NumberOfBackupJobsCompleted'),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: absentHours,
      missingData: { treatment: TreatMissingData.BREACHING, because: 'hours without a backup report no data' },
    })
  }
}

/** The accounts, other than the own one, that get copies. */
const otherAccounts = (copies: readonly BackupCopy[], own: string): ReadonlySet<string> =>
  new Set(copies.map(({ vaultArn }) => placeOfVault(vaultArn).account).filter(account => account !== own))
