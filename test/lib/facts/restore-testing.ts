import { describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { connectsAs, rightsOf, statements } from '../policies.ts'
import { at, handlerOf, only, type Synthesized } from '../synthesized.ts'

const stack = 'backups'

export const restoreTestingFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('tests of restores', () => {
    const resources = (type: string) => synthesized().resources(type, stack)
    const ofRole = (role: string) =>
      statements(synthesized()).filter(each => each.stack === stack && each.role.startsWith(`RestoreTesting${role}`))
    const validator = () => handlerOf(synthesized(), { domain: 'operations', name: 'validate-restore' }, stack)

    it('are made where backups are kept in a vault only', () => {
      expect(synthesized().resources('AWS::Backup::RestoreTestingPlan')).toHaveLength(name === 'dev' ? 0 : 1)
    })

    if (name === 'dev') return

    it('restore the newest backup of the own vault every week, by a name that AWS accepts', () => {
      const vault = only(resources('AWS::Backup::BackupVault')).id
      expect(only(resources('AWS::Backup::RestoreTestingPlan')).properties).toMatchObject({
        RestoreTestingPlanName: expect.stringMatching(/^\w{1,50}$/),
        ScheduleExpression: 'cron(30 8 ? * SUN *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: [{ 'Fn::GetAtt': [vault, 'BackupVaultArn'] }],
          RecoveryPointTypes: ['SNAPSHOT'],
        },
      })
    })

    it('restore the cluster that is backed up, into the subnets, security group and parameters of the database', () => {
      const { properties } = only(resources('AWS::Backup::RestoreTestingSelection'))
      const backedUp = at(only(resources('AWS::Backup::BackupSelection')).properties, 'BackupSelection', 'Resources')
      expect(properties).toMatchObject({ ProtectedResourceType: 'Aurora', ProtectedResourceArns: backedUp })
      expect(Object.keys(properties['RestoreMetadataOverrides'] as object)).toEqual([
        'dbSubnetGroupName',
        'dbClusterParameterGroupName',
        'vpcSecurityGroupIds',
      ])
      // A list is JSON in a text.
      expect(at(properties, 'RestoreMetadataOverrides', 'vpcSecurityGroupIds')).toEqual({
        'Fn::Join': ['', ['["', expect.objectContaining({ 'Fn::ImportValue': expect.any(String) }), '"]']],
      })
    })

    it('leave AWS Backup more time for the validation than the state machine has', () => {
      const hours = only(resources('AWS::Backup::RestoreTestingSelection')).properties['ValidationWindowHours'] as number
      const machines = resources('AWS::StepFunctions::StateMachine')
      expect(machines).toHaveLength(2)
      for (const { properties } of machines) {
        expect(JSON.stringify(properties['DefinitionString'])).toContain('TimeoutSeconds\\":10800')
        expect(hours * 3_600).toBeGreaterThan(10_800)
        expect(properties).toMatchObject({
          TracingConfiguration: { Enabled: true },
          LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        })
        expect(properties).not.toHaveProperty('StateMachineType')
      }
    })

    it('change clusters and instances of tests only', () => {
      const changing = [...ofRole('RestoreRole'), ...ofRole('TestRole')].filter(({ actions }) =>
        actions.some(action => /^rds:(Add|Create|Delete|Modify)/.test(action)),
      )
      expect(changing.length).toBeGreaterThan(3)
      const own = /:(cluster:awsbackup-restore-test\*|db:nestegg-restore-test-\*)"$/
      const named = changing.flatMap(({ actions, resources: arns }) => arns.filter(arn => !own.test(arn)).map(arn => [actions, arn]))
      // A new instance also gets the default parameters of the engine, and the subnets of the database.
      expect(named.map(([actions, arn]) => [actions, /:(og|pg|subgrp):/.exec(String(arn))?.[1]])).toEqual(
        ['og', 'pg', 'subgrp'].map(kind => [['rds:CreateDBInstance'], kind]),
      )
      expect(
        ofRole('')
          .flatMap(({ actions }) => actions)
          .filter(action => action.includes('*') || /^(rds-data|iam)/.test(action)),
      ).toEqual([])
    })

    it('connect to restored clusters as their owner, and to the database in use as the operator', () => {
      expect(new Set(connectsAs(synthesized(), validator()))).toEqual(new Set(['nestegg_operator', 'nestegg_owner']))
      const connecting = (effect: string) =>
        rightsOf(synthesized(), validator())
          .filter(each => each.effect === effect && each.actions.includes('rds-db:connect'))
          .flatMap(each => each.resources)
      expect(connecting('Allow').filter(arn => arn.includes('*'))).toEqual([expect.stringMatching(/:dbuser:cluster-\*\/nestegg_owner"$/)])
      expect(connecting('Deny')).toEqual([expect.stringMatching(/DBClusterResourceId.*\/nestegg_owner"/)])
      expect(validator().properties).toHaveProperty('VpcConfig')
    })

    it('raise an alarm if one fails, is not started, or none succeeded for nine days', () => {
      const alarms = resources('AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith('RestoreTesting'))
      const byName = new Map(alarms.map(({ id, properties }) => [id.slice('RestoreTesting'.length, -8), properties]))
      expect([...byName.keys()]).toEqual(['RestoreTestNotStarted', 'RestoreTestFailed', 'RestoreTestMissing'])
      const metrics = JSON.stringify(byName.get('RestoreTestFailed'))
      for (const metric of ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])
        expect(metrics.split(metric).length - 1, metric).toBe(2)
      expect(byName.get('RestoreTestFailed')).toMatchObject({ TreatMissingData: 'notBreaching', Threshold: 1 })
      expect(byName.get('RestoreTestMissing')).toMatchObject({
        Namespace: 'Nestegg',
        MetricName: 'HoursSinceRestoreTest',
        Threshold: 216,
        TreatMissingData: 'breaching',
      })
    })
  })
}
