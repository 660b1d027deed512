import { describe, expect, it } from 'vitest'
import { refusal, refusals } from '../access.ts'
import type { Deployed } from '../deployed.ts'
import { callOfRoute, serviceCalls } from '../services.ts'

export const serviceFacts = (deployed: () => Deployed): void => {
  describe('services', () => {
    it.each(serviceCalls)('$what', async ({ calls, least }) => {
      const all = calls(deployed())
      expect(all.length).toBeGreaterThanOrEqual(least)
      expect(await refusals(deployed(), all)).toEqual([])
    })

    it('refuses calls of other routes and of other accounts', async () => {
      const [route] = deployed().resources('AWS::ApiGatewayV2::Route')
      const [gateway, call] = callOfRoute(deployed(), route!)
      const elsewhere = { 'aws:SourceArn': `${call.context!['aws:SourceArn']}/elsewhere` }
      expect(await refusal(deployed(), gateway, { ...call, context: elsewhere })).toMatch(/ImplicitlyDenied$/)

      const topic = deployed().resources('AWS::SNS::Topic')[0]!.arn!
      const stranger = { action: 'sns:Publish', on: topic, context: { 'aws:SourceAccount': '999999999999' } }
      expect(await refusal(deployed(), 'cloudwatch.amazonaws.com', stranger)).toMatch(/ImplicitlyDenied$/)
    })

    it('leaves each key to the IAM policies of the account, so that RDS and Secrets Manager can use it for whoever deploys', async () => {
      const keys = deployed().resources('AWS::KMS::Key')
      expect(keys.length).toBeGreaterThan(0)
      for (const { arn } of keys) {
        const statements = deployed().resourcePolicyOf(arn!)?.Statement ?? []
        expect(statements, arn).toContainEqual(
          expect.objectContaining({ Effect: 'Allow', Action: ['kms:*'], Principal: { AWS: [`arn:aws:iam::${deployed().account}:root`] } }),
        )
      }
    })

    it('sends the objects of a bucket to EventBridge where a rule waits for them', () => {
      const waited = deployed()
        .resources('AWS::Events::Rule')
        .flatMap(({ properties }) => JSON.stringify(properties['EventPattern']).match(/(?<="bucket":\{"name":\[")[^"]+/g) ?? [])
      expect(waited.length).toBeGreaterThan(0)
      for (const bucket of waited) {
        expect(deployed().byArn(`arn:aws:s3:::${bucket}`).properties['NotificationConfiguration']).toEqual({
          EventBridgeConfiguration: { EventBridgeEnabled: true },
        })
      }
    })
  })
}
