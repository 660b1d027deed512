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

const testSelection = z.object({
  IamRoleArn: text,
  ProtectedResourceArns: z.array(text).min(1),
  RestoreMetadataOverrides: z.object({ dbSubnetGroupName: text, dbClusterParameterGroupName: text, vpcSecurityGroupIds: text }),
})

const rdsOf = ({ account, region }: Deployed, resource: string): string => `arn:aws:rds:${region}:${account}:${resource}`
const restoredCluster = 'cluster:awsbackup-restore-test-01900000'
const addedInstance = 'db:nestegg-restore-test-01900000-0000-4000-8000-000000000000'
const snapshot = 'cluster-snapshot:awsbackup:job-01900000'
const forRds = ({ region }: Deployed) => ({ 'kms:ViaService': `rds.${region}.amazonaws.com` })

const useOfKey = (deployed: Deployed, on: string): Call[] => [
  { action: 'kms:DescribeKey', on, context: forRds(deployed) },
  { action: 'kms:CreateGrant', on, context: { ...forRds(deployed), ...forAws } },
]

/** The calls of AWS Backup with the role of a restore test. */
export const restoreTests = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::Backup::RestoreTestingSelection').flatMap((resource): ServiceCall[] => {
    const { IamRoleArn, ProtectedResourceArns, RestoreMetadataOverrides } = testSelection.parse(resource.properties)
    const { dbClusterParameterGroupName, dbSubnetGroupName } = RestoreMetadataOverrides
    const parts = [
      restoredCluster,
      snapshot,
      'og:default:aurora-postgresql-16',
      `cluster-pg:${dbClusterParameterGroupName}`,
      `subgrp:${dbSubnetGroupName}`,
    ]
    const calls: Call[] = [
      ...parts.map(part => ({ action: 'rds:RestoreDBClusterFromSnapshot', on: rdsOf(deployed, part) })),
      ...['AddTagsToResource', 'DescribeDBClusters', 'DeleteDBCluster', 'ListTagsForResource'].map(name => ({
        action: `rds:${name}`,
        on: rdsOf(deployed, restoredCluster),
      })),
      { action: 'rds:DescribeDBClusterSnapshots', on: rdsOf(deployed, snapshot) },
      { action: 'rds:ListTagsForResource', on: rdsOf(deployed, snapshot) },
      ...ProtectedResourceArns.flatMap(cluster => useOfKey(deployed, keyOf(deployed, cluster))),
    ]
    return [['backup.amazonaws.com', { action: 'sts:AssumeRole', on: IamRoleArn }], ...calls.map((call): ServiceCall => [IamRoleArn, call])]
  })

const startedMachine = z.object({ StateMachineArn: text })

/** What IAM checks of the calls that state machines make themselves. */
const callsOfOperations: Readonly<Record<string, (deployed: Deployed, parameters: unknown) => Call[]>> = {
  'backup:describeRecoveryPoint': deployed => [{ action: 'backup:DescribeRecoveryPoint', on: rdsOf(deployed, snapshot) }],
  'backup:putRestoreValidationResult': () => [{ action: 'backup:PutRestoreValidationResult', on: '*' }],
  'rds:createDBInstance': deployed => [
    ...[addedInstance, restoredCluster, 'pg:default.aurora-postgresql16', 'og:default:aurora-postgresql-16'].map(part => ({
      action: 'rds:CreateDBInstance',
      on: rdsOf(deployed, part),
    })),
    ...deployed.resources('AWS::RDS::DBSubnetGroup').map(({ arn }) => ({ action: 'rds:CreateDBInstance', on: arn! })),
    ...deployed.resources('AWS::RDS::DBCluster').flatMap(({ arn }) => useOfKey(deployed, keyOf(deployed, arn!))),
  ],
  'rds:deleteDBInstance': deployed => [{ action: 'rds:DeleteDBInstance', on: rdsOf(deployed, addedInstance) }],
  'rds:describeDBInstances': deployed => [{ action: 'rds:DescribeDBInstances', on: rdsOf(deployed, addedInstance) }],
  'rds:modifyDBCluster': deployed => [{ action: 'rds:ModifyDBCluster', on: rdsOf(deployed, restoredCluster) }],
  'states:startExecution': (_, parameters) => [{ action: 'states:StartExecution', on: startedMachine.parse(parameters).StateMachineArn }],
}

/** @throws Error for an operation of which nobody has said what IAM checks. */
export const callsOfOperation = (
  deployed: Deployed,
  { operation, parameters }: { readonly operation: string; readonly parameters: unknown },
): Call[] => {
  const calls = callsOfOperations[operation]
  if (calls === undefined) throw new Error(`A state machine calls ${operation}: say in test/rehearsal/backup-calls.ts what IAM checks.`)
  return calls(deployed, parameters)
}
