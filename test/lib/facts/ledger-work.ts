import { describe, expect, it } from 'vitest'
import { routes } from '../../../lambdas/routes.ts'
import { wealthTasks } from '../../../lambdas/wealth/tasks.ts'
import { connectsAs, rightsOf } from '../policies.ts'
import { at, handlerOf, only, type Synthesized } from '../synthesized.ts'

export const ledgerWorkFacts = (synthesized: () => Synthesized): void => {
  const ofType = (type: string, stack: string) => only(synthesized().resources(type, stack))
  const task = () => handlerOf(synthesized(), wealthTasks['continue-ledger-work'], 'ledger')
  const commit = () => handlerOf(synthesized(), routes.find(({ id }) => id === 'wealth/commit-import')!)

  describe('the bucket of the work on ledgers', () => {
    it('is encrypted, requires TLS, is closed to the public, keeps objects for thirty days and sends its events', () => {
      expect(ofType('AWS::S3::Bucket', 'wealth').properties).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] },
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      })
      expect(at(ofType('AWS::S3::BucketPolicy', 'wealth').properties, 'PolicyDocument', 'Statement')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      )
    })

    it('starts the function for each object, with retries and a dead-letter queue', () => {
      const queue = { 'Fn::GetAtt': [ofType('AWS::SQS::Queue', 'ledger').id, 'Arn'] }
      expect(ofType('AWS::Events::Rule', 'ledger').properties).toMatchObject({
        EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { object: { key: [{ prefix: 'asked/' }] } } },
        State: 'ENABLED',
        Targets: [{ DeadLetterConfig: { Arn: queue }, RetryPolicy: { MaximumRetryAttempts: 3 } }],
      })
      expect(ofType('AWS::Lambda::EventInvokeConfig', 'ledger').properties).toMatchObject({
        DestinationConfig: { OnFailure: { Destination: queue } },
        MaximumRetryAttempts: 2,
      })
    })

    it('is read inside the VPC by the function, and the route that commits an import can only ask', () => {
      expect(connectsAs(synthesized(), task())).toEqual(['nestegg_operator'])
      expect(connectsAs(synthesized(), commit())).toEqual(['nestegg_write'])
      for (const [lambda, actions] of [
        [task(), ['s3:GetObject', 's3:PutObject']],
        [commit(), ['s3:PutObject']],
      ] as const) {
        const rights = rightsOf(synthesized(), lambda).filter(right => right.actions.some(action => action.startsWith('s3:')))
        expect(rights.flatMap(right => right.actions).toSorted((a, b) => a.localeCompare(b))).toEqual(actions)
        for (const { resources } of rights) expect(resources).toEqual([expect.stringContaining('/asked/*')])
        expect(at(lambda.properties, 'VpcConfig', 'SecurityGroupIds')).toHaveLength(2)
      }
    })
  })
}
