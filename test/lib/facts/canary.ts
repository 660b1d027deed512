import { describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { only, type Synthesized } from '../synthesized.ts'

export const canaryFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('the canary', () => {
    const resources = (type: string) => synthesized().resources(type, 'canary')

    it('exists in prod', () => {
      expect(synthesized().templates.has('canary')).toBe(name === 'prod')
    })

    if (name !== 'prod') return

    it('opens the address of the front every five minutes, from the start on', () => {
      const { properties } = only(resources('AWS::Synthetics::Canary'))
      expect(properties).toMatchObject({
        RuntimeVersion: expect.stringMatching(/^syn-nodejs-\d+\.\d+$/),
        Code: { Handler: 'index.handler', Script: expect.stringContaining('handler') },
        Schedule: { Expression: 'rate(5 minutes)' },
        StartCanaryAfterCreation: true,
        RunConfig: {
          EnvironmentVariables: {
            URL: 'https://app.nestegg.example',
            EXPECTED_ENVIRONMENT: name,
          },
        },
      })
    })

    it('keeps its results for a limited time, encrypted and closed to the public', () => {
      expect(only(resources('AWS::S3::Bucket')).properties).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      })
      expect(only(resources('AWS::Synthetics::Canary')).properties).toMatchObject({ SuccessRetentionPeriod: 7, FailureRetentionPeriod: 30 })
    })

    it('pages if two of three runs fail, or none takes place', () => {
      expect(only(resources('AWS::CloudWatch::Alarm')).properties).toMatchObject({
        Namespace: 'CloudWatchSynthetics',
        MetricName: 'SuccessPercent',
        Dimensions: [{ Name: 'CanaryName', Value: { Ref: only(resources('AWS::Synthetics::Canary')).id } }],
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 100,
        Period: 300,
        EvaluationPeriods: 3,
        DatapointsToAlarm: 2,
        TreatMissingData: 'breaching',
        AlarmActions: [{ 'Fn::ImportValue': expect.stringContaining('AlarmsPages') }],
      })
    })
  })
}
