import { describe, expect, it } from 'vitest'
import { marketTasks } from '../../../lambdas/market/tasks.ts'
import { connectsAs, rightsOf } from '../policies.ts'
import { at, handlerOf, only, type Synthesized } from '../synthesized.ts'

export const barDropFacts = (synthesized: () => Synthesized): void => {
  const ofType = (type: string) => only(synthesized().resources(type, 'market'))
  const ingest = () => handlerOf(synthesized(), marketTasks['ingest-dropped-bars'], 'market')
  const arnOf = ({ id }: { readonly id: string }) => ({ 'Fn::GetAtt': [id, 'Arn'] })

  describe('the bucket of bar files', () => {
    it('is encrypted, requires TLS, is closed to the public, and keeps files for thirty days', () => {
      const { properties } = ofType('AWS::S3::Bucket')
      expect(properties).toMatchObject({
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
      expect(at(ofType('AWS::S3::BucketPolicy').properties, 'PolicyDocument', 'Statement')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      )
    })

    it('starts the function for each file, with retries and a dead-letter queue', () => {
      const queue = arnOf(ofType('AWS::SQS::Queue'))
      expect(ofType('AWS::Events::Rule').properties).toMatchObject({
        EventPattern: {
          source: ['aws.s3'],
          'detail-type': ['Object Created'],
          detail: { bucket: { name: [{ Ref: ofType('AWS::S3::Bucket').id }] }, object: { key: [{ prefix: 'bars/' }] } },
        },
        State: 'ENABLED',
        Targets: [{ Arn: arnOf(ingest()), DeadLetterConfig: { Arn: queue }, RetryPolicy: { MaximumRetryAttempts: 3 } }],
      })
      expect(ofType('AWS::Lambda::EventInvokeConfig').properties).toMatchObject({
        DestinationConfig: { OnFailure: { Destination: queue } },
        MaximumRetryAttempts: 2,
      })
      expect(ofType('AWS::Lambda::Permission').properties).toMatchObject({
        Principal: 'events.amazonaws.com',
        SourceArn: arnOf(ofType('AWS::Events::Rule')),
      })
    })

    it('is read inside the VPC by a function that may write reports only', () => {
      const bucket = ofType('AWS::S3::Bucket').id
      const under = (prefix: string) => [JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, `/${prefix}*`]] })]
      const rights = rightsOf(synthesized(), ingest()).filter(({ actions }) => actions.some(action => action.startsWith('s3:')))
      expect(rights.map(({ actions, effect, resources }) => ({ actions, effect, resources }))).toEqual([
        { actions: ['s3:GetObject'], effect: 'Allow', resources: under('bars/') },
        { actions: ['s3:PutObject'], effect: 'Allow', resources: under('reports/') },
      ])
      expect(connectsAs(synthesized(), ingest())).toEqual(['nestegg_operator'])
      const access = ofType('AWS::EC2::SecurityGroup')
      expect(access.properties).toMatchObject({
        SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
      })
      const groups = at(ingest().properties, 'VpcConfig', 'SecurityGroupIds')
      expect(groups).toHaveLength(2)
      expect(groups).toContainEqual({ 'Fn::GetAtt': [access.id, 'GroupId'] })
      expect(at(ingest().properties, 'Environment', 'Variables', 'BAR_DROP_BUCKET')).toEqual({ Ref: bucket })
    })
  })
}
