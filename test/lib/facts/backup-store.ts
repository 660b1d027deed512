import { beforeAll, describe, expect, it } from 'vitest'
import type { Backend } from '../../../lambdas/runtime/backends.ts'
import { defineJobs, type Job } from '../../../lambdas/runtime/job.ts'
import { backupAge } from '../../../lambdas/runtime/metrics.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { rightsOf } from '../policies.ts'
import { at, handlerOf, only, type Synthesized, synthesize } from '../synthesized.ts'
import { hoursAlarms } from './hours-alarm.ts'

const stack = 'backup-store'

export const backupStoreFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  const ofType = (type: string) => only(synthesized().resources(type, stack))

  describe('the bucket of backups', () => {
    it('is encrypted with a key that rotates, object by object, keeps versions and is closed to the public', () => {
      const key = ofType('AWS::KMS::Key')
      expect(key.properties).toMatchObject({ EnableKeyRotation: true })
      const { properties } = ofType('AWS::S3::Bucket')
      expect(properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      })
      expect(properties['BucketEncryption']).toEqual({
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [key.id, 'Arn'] } } },
        ],
      })
    })

    it('forgets parts of stopped uploads after a day, and removed objects after thirty, and no other object', () => {
      expect(at(ofType('AWS::S3::Bucket').properties, 'LifecycleConfiguration')).toEqual({
        Rules: [
          {
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            ExpiredObjectDeleteMarker: true,
          },
        ],
      })
    })

    it('cannot be used without TLS', () => {
      expect(at(ofType('AWS::S3::BucketPolicy').properties, 'PolicyDocument', 'Statement')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      )
    })

    it('raises an alarm if the newest good backup is too old or of unknown age, if the environment watches its functions', () => {
      const { alarms, expected } = hoursAlarms(name, synthesized(), {
        metric: backupAge,
        hours: 26,
        missingData: 'breaching',
        runbook: 'no-good-backup-is-new-enough',
      })
      expect(alarms).toEqual(expected)
    })

    it('loses no version of an object by any function', () => {
      const actions = synthesized()
        .resources('AWS::Lambda::Function')
        .filter(({ id }) => !/^(LogRetention|CustomVpcRestrictDefaultSG|MigrationsProviderframework)/.test(id))
        .flatMap(lambda => rightsOf(synthesized(), lambda).flatMap(right => right.actions))
      expect(actions).toContain('s3:GetObject')
      expect(actions.filter(action => /^s3:.*(Version|Lifecycle|BucketPolicy|\*)/.test(action))).toEqual([])
    })
  })
}

/** Facts about each backend of the bucket alone. */
export const backupBackendFacts = (): void => {
  describe('a function with a backend of the bucket of backups', () => {
    const trial = (...backends: Backend[]) => ({ summary: 'Tries the bucket', schedule: '0 5 * * *', backends, timeoutSeconds: 60 })
    const {
      'try-archives': archives,
      'try-backups': backups,
      'try-removal': removal,
    } = defineJobs('operations', {
      'try-backups': trial('backup-store'),
      'try-removal': trial('backup-removal'),
      'try-archives': trial('database', 'archive-store'),
    })
    let trials: Synthesized
    beforeAll(() => {
      trials = synthesize('prod', { jobs: [backups, removal, archives] })
    })
    const bucketRights = (job: Job) =>
      rightsOf(trials, handlerOf(trials, job, 'operations'))
        .filter(({ actions }) => actions.some(action => /^(s3|kms):/.test(action)))
        .map(({ actions, condition, resources }) => ({
          actions,
          condition,
          resources: resources.map(each => /"\/(\w+\/\*)"/.exec(each)?.[1] ?? (each.includes('Key') ? 'key' : 'bucket')),
        }))
    const ofUse = (...objects: string[]) => [
      { actions: ['s3:ListBucket'], condition: undefined, resources: ['bucket'] },
      { actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], condition: undefined, resources: objects },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        condition: { StringEquals: { 'kms:ViaService': 's3.us-east-2.amazonaws.com' } },
        resources: ['key'],
      },
    ]

    it('uses backups and their keys, or archives, and removes only what it may remove', () => {
      expect(bucketRights(backups)).toEqual(ofUse('backups/*', 'keys/*'))
      expect(bucketRights(archives)).toEqual(ofUse('archives/*'))
      expect(bucketRights(removal)).toEqual([{ actions: ['s3:DeleteObject'], condition: undefined, resources: ['backups/*', 'keys/*'] }])
    })

    it('reaches S3 from inside the VPC', () => {
      const { properties } = handlerOf(trials, archives, 'operations')
      expect(at(properties, 'VpcConfig', 'SecurityGroupIds')).toHaveLength(2)
      expect(only(trials.resources('AWS::EC2::SecurityGroup', stack)).properties['SecurityGroupEgress']).toEqual([
        expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }),
      ])
    })
  })
}
