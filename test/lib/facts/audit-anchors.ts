import { describe, expect, it } from 'vitest'
import { jobs } from '../../../lambdas/jobs.ts'
import { routes } from '../../../lambdas/routes.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { rightsOf } from '../policies.ts'
import { at, handlerOf, only, type Synthesized } from '../synthesized.ts'

export const auditAnchorFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  const ofType = (type: string) => only(synthesized().resources(type, 'audit'))

  describe('the anchors of the audit trail', () => {
    it('are in an encrypted bucket with versions that is closed to the public, and locked as the environment says', () => {
      const { anchorLock } = environmentSettings(name)
      const { properties } = ofType('AWS::S3::Bucket')
      expect(properties).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      })
      expect(properties['ObjectLockConfiguration']).toEqual(
        anchorLock && {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Days: anchorLock.days, Mode: anchorLock.mode.toUpperCase() } },
        },
      )
      expect(anchorLock?.mode).toBe({ dev: undefined, staging: 'governance', prod: 'compliance' }[name])
    })

    it('cannot be written without TLS, and never be overwritten', () => {
      const statements = at(ofType('AWS::S3::BucketPolicy').properties, 'PolicyDocument', 'Statement')
      expect(statements).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          expect.objectContaining({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:PutObject',
            Condition: { Null: { 's3:if-none-match': 'true' } },
          }),
        ]),
      )
    })

    it('are signed with a key of KMS that never leaves it', () => {
      expect(ofType('AWS::KMS::Key').properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
    })

    it('are added and signed by the job that seals only, and by no function are they deleted', () => {
      const signing = [...jobs, ...routes].filter(({ backends }) => (backends as readonly string[]).includes('audit-signing'))
      expect(signing.map(({ id }) => id)).toEqual(['operations/seal-audit-trail'])
      const bucket = ofType('AWS::S3::Bucket').id
      const rights = synthesized()
        .resources('AWS::Lambda::Function')
        .flatMap(lambda => rightsOf(synthesized(), lambda).map(right => ({ ...right, lambda })))
        .filter(({ resources }) => JSON.stringify(resources).includes(bucket))
      const sealer = handlerOf(synthesized(), jobs.find(({ id }) => id === 'operations/seal-audit-trail')!, 'operations')
      const writers = rights.filter(({ actions }) => actions.some(action => !['s3:GetObject', 's3:ListBucket'].includes(action)))
      expect(new Set(writers.map(({ lambda }) => lambda.id))).toEqual(new Set([sealer.id]))
      expect(new Set(writers.flatMap(({ actions }) => actions))).toEqual(new Set(['s3:GetObject', 's3:PutObject']))
      // Who declares what a restore has lost calls this function.
      expect(synthesized().templates.get('operations')!.Outputs['SealingFunction']).toMatchObject({ Value: { Ref: sealer.id } })
    })
  })
}
