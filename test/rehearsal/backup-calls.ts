import * as z from 'zod'
import type { Call } from './access.ts'
import type { Deployed } from './deployed.ts'
import type { ServiceCall } from './services.ts'

const text = z.string()
const selection = z.object({ BackupSelection: z.object({ IamRoleArn: text, Resources: z.array(text).min(1) }) })
const plan = z.object({
  BackupPlan: z.object({
    BackupPlanRule: z.array(
      z.object({ TargetBackupVault: text, CopyActions: z.array(z.object({ DestinationBackupVaultArn: text })).default([]) }),
    ),
  }),
})

/** The key of a cluster, for which RDS makes a grant with the rights of the caller. */
const keyOf = (deployed: Deployed, cluster: string): string => text.parse(deployed.byArn(cluster).properties['KmsKeyId'])
const forAws = { 'kms:GrantIsForAWSResource': 'true' }

/**
 * The calls of AWS Backup with the role of a plan. A copy to another account is made there, after the snapshot was shared with it; what the
 * other account has to allow is not in the templates.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html#customer-managed-policies
 */
export const backups = (deployed: Deployed): ServiceCall[] => {
  const { account, region } = deployed
  const snapshotIn = (place: string, name: string) => `arn:aws:rds:${place}:${account}:cluster-snapshot:awsbackup:${name}`
  const taken = snapshotIn(region, 'job-01900000')
  const rules = deployed.resources('AWS::Backup::BackupPlan').flatMap(({ properties }) => plan.parse(properties).BackupPlan.BackupPlanRule)
  return deployed.resources('AWS::Backup::BackupSelection').flatMap((resource): ServiceCall[] => {
    const { IamRoleArn, Resources } = selection.parse(resource.properties).BackupSelection
    const copy = (vault: string): Call[] => {
      const [, , , otherRegion = '', otherAccount] = vault.split(':')
      const shared = [{ action: 'rds:ModifyDBClusterSnapshotAttribute', on: taken }]
      const target = snapshotIn(otherRegion, 'copyjob-01900000')
      const copied = [
        { action: 'rds:CopyDBClusterSnapshot', on: taken },
        { action: 'rds:CopyDBClusterSnapshot', on: target },
        { action: 'rds:AddTagsToResource', on: target },
        {
          action: 'kms:CreateGrant',
          on: `arn:aws:kms:${otherRegion}:${account}:key/01900000-0000-4000-8000-000000000000`,
          context: forAws,
        },
        { action: 'kms:DescribeKey', on: `arn:aws:kms:${otherRegion}:${account}:key/01900000-0000-4000-8000-000000000000` },
      ]
      return [
        { action: 'backup:CopyFromBackupVault', on: taken },
        { action: 'backup:CopyIntoBackupVault', on: vault },
        ...(otherAccount === account ? copied : shared),
      ]
    }
    const calls = [
      ...Resources.flatMap(cluster => [
        { action: 'rds:DescribeDBClusters', on: cluster },
        { action: 'rds:ListTagsForResource', on: cluster },
        { action: 'rds:CreateDBClusterSnapshot', on: cluster },
        { action: 'kms:CreateGrant', on: keyOf(deployed, cluster), context: forAws },
        { action: 'kms:DescribeKey', on: keyOf(deployed, cluster) },
      ]),
      ...['CreateDBClusterSnapshot', 'AddTagsToResource', 'DescribeDBClusterSnapshots', 'DeleteDBClusterSnapshot'].map(name => ({
        action: `rds:${name}`,
        on: taken,
      })),
      ...rules.flatMap(({ CopyActions, TargetBackupVault }) => [
        { action: 'backup:DescribeBackupVault', on: `arn:aws:backup:${region}:${account}:backup-vault:${TargetBackupVault}` },
        ...CopyActions.flatMap(({ DestinationBackupVaultArn }) => copy(DestinationBackupVaultArn)),
      ]),
    ]
    return [['backup.amazonaws.com', { action: 'sts:AssumeRole', on: IamRoleArn }], ...calls.map((call): ServiceCall => [IamRoleArn, call])]
  })
}
