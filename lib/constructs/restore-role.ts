import { Stack, Validations } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import type { DatabaseStack } from '../database.ts'

export interface RestoreRoleProps {
  readonly database: DatabaseStack
  /** The key of backups that were copied back into the vault. */
  readonly vaultKey: IKey
}

/** AWS Backup gives the cluster of a restore test a random name that begins so. */
export const testClusterPrefix = 'awsbackup-restore-test'

/**
 * What a caller needs who lets RDS make a part of an encrypted cluster: RDS works with grants.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html
 */
export const useOfKeys = (scope: Construct, keys: readonly IKey[]): PolicyStatement[] => {
  const resources = keys.map(({ keyArn }) => keyArn)
  const viaRds = { 'kms:ViaService': `rds.${Stack.of(scope).region}.amazonaws.com` }
  return [
    new PolicyStatement({ actions: ['kms:DescribeKey'], resources, conditions: { StringEquals: viaRds } }),
    new PolicyStatement({
      actions: ['kms:CreateGrant'],
      resources,
      conditions: { StringEquals: viaRds, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ]
}

/**
 * The role with which AWS Backup restores a snapshot into a new cluster for a test. Its rights are those of RDSPermissions in the
 * managed policy AWSBackupServiceRolePolicyForRestores, as AWS says for Aurora, limited to snapshots of AWS Backup and clusters of tests.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html#customer-managed-policies
 */
export const restoreRole = (scope: Construct, id: string, { database, vaultKey }: RestoreRoleProps): Role => {
  const { account, partition, region } = Stack.of(scope)
  const rds = (resource: string) => `arn:${partition}:rds:${region}:${account}:${resource}`
  const snapshots = rds('cluster-snapshot:awsbackup:*')
  const clusters = rds(`cluster:${testClusterPrefix}*`)
  const optionGroups = rds('og:default:*')
  const { parameterGroupName, subnetGroupName } = database.restoreTargets
  const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources })
  const statements = [
    allow(['rds:DescribeDBInstances', 'rds:DescribeDBClusterAutomatedBackups'], ['*']),
    allow(['rds:DescribeDBClusters'], [database.cluster.clusterArn, clusters]),
    allow(['rds:DescribeDBClusterSnapshots'], [database.cluster.clusterArn, snapshots]),
    allow(['rds:ListTagsForResource'], [snapshots, clusters]),
    allow(
      ['rds:RestoreDBClusterFromSnapshot'],
      [snapshots, clusters, optionGroups, rds(`cluster-pg:${parameterGroupName}`), rds(`subgrp:${subnetGroupName}`)],
    ),
    // The tag by which AWS Backup finds and deletes the cluster after the test; and the cluster of a restore that failed half-way.
    allow(['rds:AddTagsToResource', 'rds:DeleteDBCluster'], [clusters]),
    ...useOfKeys(scope, [database.key, vaultKey]),
  ]
  const role = new Role(scope, id, {
    description: 'Restores snapshots of the database into new clusters for tests',
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    inlinePolicies: { rights: new PolicyDocument({ statements }) },
  })
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Finding the instances and the automated backups of a cluster has no narrower permission that AWS documents.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${snapshots}]`,
      reason: 'AWS Backup names its snapshots itself. No other snapshot begins with awsbackup:, a prefix that users cannot choose.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${clusters}]`,
      reason: 'AWS Backup gives the cluster of a test a random name with this beginning. No cluster of the platform has such a name.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${optionGroups}]`,
      reason: 'Aurora PostgreSQL has default option groups only, which AWS names by the version of the engine.',
    },
  )
  return role
}
