import { describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { only, type Synthesized } from '../synthesized.ts'

const stateful = [
  'AWS::RDS::DBCluster',
  'AWS::Cognito::UserPool',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
]

export const protectionFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('data that must not be lost', () => {
    it('is kept when its stack is deleted, if the environment says so', () => {
      const found = stateful.flatMap(type => synthesized().resources(type))
      expect(new Set(found.map(({ type }) => type)).size).toBe(stateful.length)
      const kept: readonly unknown[] = { dev: ['Delete'], staging: ['RetainExceptOnCreate', 'Snapshot'], prod: ['RetainExceptOnCreate'] }[
        name
      ]
      expect(found.filter(({ deletionPolicy }) => !kept.includes(deletionPolicy))).toEqual([])
    })

    it('is protected from deletion, if the environment says so', () => {
      const { database, deletionProtection } = environmentSettings(name)
      expect(only(synthesized().resources('AWS::RDS::DBCluster')).properties).toMatchObject({
        DeletionProtection: database.deletionProtection,
      })
      expect(only(synthesized().resources('AWS::Cognito::UserPool')).properties).toMatchObject({
        DeletionProtection: deletionProtection ? 'ACTIVE' : 'INACTIVE',
      })
      expect([database.deletionProtection, deletionProtection]).toEqual(name === 'dev' ? [false, false] : [true, true])
    })

    it('has no physical name, which would prevent its replacement', () => {
      const names = {
        'AWS::RDS::DBCluster': 'DBClusterIdentifier',
        'AWS::Cognito::UserPool': 'UserPoolName',
        'AWS::SecretsManager::Secret': 'Name',
        'AWS::SQS::Queue': 'QueueName',
        'AWS::S3::Bucket': 'BucketName',
      }
      const named = Object.entries(names).flatMap(([type, property]) =>
        synthesized()
          .resources(type)
          .filter(each => property in each.properties),
      )
      expect(named).toEqual([])
    })

    it('requires strong passwords, offers TOTP, does not show who is a user and issues short-lived tokens', () => {
      expect(only(synthesized().resources('AWS::Cognito::UserPool')).properties).toMatchObject({
        UserPoolTier: 'ESSENTIALS',
        UsernameAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        UsernameConfiguration: { CaseSensitive: false },
        MfaConfiguration: 'OPTIONAL',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        Policies: {
          PasswordPolicy: { MinimumLength: 12, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true },
        },
      })
      const client = only(synthesized().resources('AWS::Cognito::UserPoolClient')).properties
      expect(client).toMatchObject({
        GenerateSecret: false,
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
        AccessTokenValidity: 15,
        RefreshTokenValidity: 30 * 24 * 60,
        TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
      })
      expect(client['ExplicitAuthFlows']).toContain('ALLOW_USER_PASSWORD_AUTH')
      expect(client['ExplicitAuthFlows']).not.toContain('ALLOW_REFRESH_TOKEN_AUTH')
      const groups = synthesized()
        .resources('AWS::Cognito::UserPoolGroup')
        .map(({ properties }) => String(properties['GroupName']))
      expect(groups.toSorted()).toEqual(['admin', 'member'])
    })
  })
}
