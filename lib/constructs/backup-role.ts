import { Stack, Validations } from 'aws-cdk-lib'
import type { IBackupVault } from 'aws-cdk-lib/aws-backup'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { DatabaseStack } from '../database.ts'
import { type BackupCopy, placeOfVault } from '../deployment.ts'

export interface BackupRoleProps {
  readonly database: DatabaseStack
  readonly vault: IBackupVault
  readonly copies: readonly BackupCopy[]
}

const ofCopies = ['rds:CopyDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot', 'rds:ModifyDBClusterSnapshotAttribute']

/**
 * The role with which AWS Backup takes snapshots of the cluster and copies them. Its rights are those of the managed policy
 * AWSBackupServiceRolePolicyForBackup that AWS names for Aurora, limited to this cluster, its snapshots and their vaults.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html#customer-managed-policies
 */
export const backupRole = (scope: Construct, id: string, { copies, database, vault }: BackupRoleProps): Role => {
  const { account, partition, region } = Stack.of(scope)
  const places = copies.map(({ vaultArn }) => placeOfVault(vaultArn))
  const otherRegions = [...new Set(places.filter(place => place.account === account).map(place => place.region))]
  // AWS Backup names each snapshot itself: awsbackup:job-… and awsbackup:copyjob-…
  const snapshots = [region, ...otherRegions].map(each => `arn:${partition}:rds:${each}:${account}:cluster-snapshot:awsbackup:*`)
  // A setting names a vault. Which key it has is known there only.
  const otherKeys = otherRegions.map(each => `arn:${partition}:kms:${each}:${account}:key/*`)
  const keys = [database.key.keyArn, ...otherKeys]
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    new PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) })
  const statements = [
    allow(['rds:DescribeDBInstances', 'rds:DescribeDBClusterAutomatedBackups', 'tag:GetResources'], ['*']),
    allow(
      ['rds:DescribeDBClusters', 'rds:DescribeDBClusterSnapshots', 'rds:CreateDBClusterSnapshot', 'rds:ListTagsForResource'],
      [database.cluster.clusterArn],
    ),
    allow(
      ['rds:CreateDBClusterSnapshot', 'rds:AddTagsToResource', 'rds:ListTagsForResource', 'rds:DescribeDBClusterSnapshots', ...ofCopies],
      snapshots,
    ),
    allow(['kms:DescribeKey'], keys),
    allow(['kms:CreateGrant'], keys, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    allow(
      ['backup:DescribeBackupVault', 'backup:CopyIntoBackupVault'],
      [vault.backupVaultArn, ...new Set(copies.map(each => each.vaultArn))],
    ),
    // The snapshots are the recovery points.
    allow(['backup:CopyFromBackupVault'], snapshots),
  ]
  const role = new Role(scope, id, {
    description: 'Takes and copies snapshots of the database',
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    inlinePolicies: { rights: new PolicyDocument({ statements }) },
  })
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Finding resources by tags, and the instances and the automated backups of a cluster, has no narrower permission that AWS documents.',
    },
    ...snapshots.map(arn => ({
      id: `AwsSolutions-IAM5[Resource::${arn}]`,
      reason: 'AWS Backup names its snapshots itself. No other snapshot begins with awsbackup:, a prefix that users cannot choose.',
    })),
    ...otherKeys.map(arn => ({
      id: `AwsSolutions-IAM5[Resource::${arn}]`,
      reason: 'The key of the vault in the other Region is not known here. Only services of AWS may use the grants that the role makes.',
    })),
  )
  return role
}
