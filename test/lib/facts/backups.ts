import { beforeAll, describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { statements } from '../policies.ts'
import { restoredCluster } from './deployment.ts'
import { at, environment, only, type Synthesized, synthesize } from '../synthesized.ts'

const stack = 'backups'

export const backupFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('backups in a vault', () => {
    const { database } = environmentSettings(name)
    const resources = (type: string) => synthesized().resources(type, stack)
    const rules = () => at(only(resources('AWS::Backup::BackupPlan')).properties, 'BackupPlan', 'BackupPlanRule')

    it('are taken daily, if the environment has data to keep, and not longer than snapshots of Aurora cost nothing', () => {
      expect(synthesized().templates.has(stack)).toBe(name !== 'dev')
      if (name === 'dev') return
      expect(at(rules(), 0)).toMatchObject({
        RuleName: 'daily',
        ScheduleExpression: 'cron(30 3 * * ? *)',
        Lifecycle: { DeleteAfterDays: database.vaultKeptDays },
      })
      expect(database.vaultKeptDays).toBeLessThanOrEqual(database.backupRetentionDays)
    })

    if (name === 'dev') return

    it('are locked in the vault for as long as they are kept, where the settings say so', () => {
      expect(at(only(resources('AWS::Backup::BackupVault')).properties, 'LockConfiguration')).toEqual(
        name === 'prod' ? { MinRetentionDays: database.vaultKeptDays, ChangeableForDays: 3 } : undefined,
      )
    })

    it('are of the cluster alone, in a vault with a key of its own from which nobody deletes them', () => {
      const { id } = only(resources('AWS::KMS::Key'))
      expect(only(resources('AWS::KMS::Key')).properties).toMatchObject({ EnableKeyRotation: true })
      expect(only(resources('AWS::Backup::BackupVault')).properties).toMatchObject({ EncryptionKeyArn: { 'Fn::GetAtt': [id, 'Arn'] } })
      expect(at(only(resources('AWS::Backup::BackupVault')).properties, 'AccessPolicy', 'Statement', 0)).toMatchObject({
        Effect: 'Deny',
        Action: expect.arrayContaining(['backup:DeleteRecoveryPoint']),
      })
      const selected = at(only(resources('AWS::Backup::BackupSelection')).properties, 'BackupSelection')
      expect(selected).not.toHaveProperty('ListOfTags')
      expect(at(selected, 'Resources')).toEqual([
        { 'Fn::Join': ['', [expect.stringMatching(/^arn:aws:rds:.*:cluster:$/), expect.anything()]] },
      ])
    })

    it('are made with rights on snapshots of AWS Backup only, and on no data', () => {
      const own = statements(synthesized()).filter(each => each.stack === stack && !each.role.startsWith('RestoreTesting'))
      expect(own.length).toBeGreaterThan(0)
      const changing = own.filter(({ actions }) => actions.some(action => /^rds:(Copy|Delete|Modify|Add)/.test(action)))
      expect(changing.flatMap(({ resources: arns }) => arns).filter(arn => !arn.includes(':cluster-snapshot:awsbackup:*'))).toEqual([])
      expect(
        own.flatMap(({ actions }) => actions).filter(action => action.includes('*') || /^(rds-data|s3|kms:Decrypt)/.test(action)),
      ).toEqual([])
    })

    it('raise an alarm if one fails, is not copied, or is missing for more than a day', () => {
      const alarms = resources('AWS::CloudWatch::Alarm')
        .filter(({ id }) => !id.startsWith('RestoreTesting'))
        .map(({ id, properties }) => [id.replace(/\w{8}$/, ''), properties] as const)
      expect(alarms.map(([id]) => id)).toEqual(
        name === 'prod' ? ['BackupFailed', 'BackupCopyFailed', 'BackupMissing'] : ['BackupFailed', 'BackupMissing'],
      )
      expect(alarms.at(-1)![1]).toMatchObject({
        Namespace: 'AWS/Backup',
        MetricName: 'NumberOfBackupJobsCompleted',
        Dimensions: [
          { Name: 'BackupVaultName', Value: { 'Fn::GetAtt': [only(resources('AWS::Backup::BackupVault')).id, 'BackupVaultName'] } },
        ],
        Period: 3600,
        EvaluationPeriods: 30,
        TreatMissingData: 'breaching',
      })
    })

    if (name !== 'prod') return

    it('are copied to the vaults of the settings, each time for as long as they say', () => {
      const copies = [0, 1].map(index => at(rules(), index, 'CopyActions'))
      expect(copies).toEqual([
        [
          {
            DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:333333333333:backup-vault:nestegg-prod',
            Lifecycle: { DeleteAfterDays: 7 },
          },
        ],
        [
          {
            DestinationBackupVaultArn: 'arn:aws:backup:us-east-2:444444444444:backup-vault:nestegg-prod',
            Lifecycle: { DeleteAfterDays: 365 },
          },
        ],
      ])
    })

    it('may be read and returned by the account that has copies, with the role of AWS Backup only', () => {
      const root = { AWS: 'arn:aws:iam::444444444444:root' }
      const key = only(
        synthesized()
          .resources('AWS::KMS::Key', 'database')
          .filter(({ properties }) => String(properties['Description']).includes('database')),
      )
      const shared = (at(key.properties, 'KeyPolicy', 'Statement') as readonly unknown[]).filter(
        each => JSON.stringify(at(each, 'Principal')) === JSON.stringify(root),
      )
      expect(shared.length).toBe(2)
      for (const each of shared)
        expect(JSON.stringify(at(each, 'Condition', 'ArnEquals', 'aws:PrincipalArn'))).toContain(
          ':iam::444444444444:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
        )
      expect(at(only(resources('AWS::Backup::BackupVault')).properties, 'AccessPolicy', 'Statement', 1)).toMatchObject({
        Effect: 'Allow',
        Action: 'backup:CopyIntoBackupVault',
        Principal: root,
      })
    })
  })
}

export const restoredBackupFacts = (): void => {
  describe('backups after a restore', () => {
    let restored: Synthesized
    beforeAll(() => {
      restored = synthesize('prod', { settings: { ...environmentSettings('prod'), restoredCluster } })
    })

    it('are of the restored cluster, in the same vault', () => {
      const selected = only(restored.resources('AWS::Backup::BackupSelection')).properties
      expect(at(selected, 'BackupSelection', 'Resources')).toEqual(['arn:aws:rds:us-east-2:333333333333:cluster:nestegg-restored'])
      // Also what the weekly test restores.
      expect(only(restored.resources('AWS::Backup::RestoreTestingSelection')).properties).toMatchObject({
        ProtectedResourceArns: ['arn:aws:rds:us-east-2:333333333333:cluster:nestegg-restored'],
      })
      expect(restored.resources('AWS::Backup::BackupVault')).toEqual(environment('prod').resources('AWS::Backup::BackupVault'))
    })
  })
}
