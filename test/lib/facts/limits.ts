import { describe, expect, it } from 'vitest'
import type { Synthesized } from '../synthesized.ts'
import { at } from '../synthesized.ts'

/** CloudFormation's limits: resources a stack, and bytes a template that CDK uploads. */
const resourcesPerStack = 500
const templateBytes = 1_000_000

export const limitFacts = (synthesized: () => Synthesized): void => {
  describe('stacks', () => {
    it('stay under the limits of CloudFormation', () => {
      for (const [stack, template] of synthesized().templates) {
        const count = Object.keys(template.Resources).length
        expect(count, `${stack} has ${count} resources`).toBeLessThan(resourcesPerStack)
        const bytes = Buffer.byteLength(JSON.stringify(template))
        expect(bytes, `${stack} has ${bytes} bytes`).toBeLessThan(templateBytes)
      }
    })

    it('spend six resources on a route, alarms aside', () => {
      for (const [stack, template] of synthesized().templates) {
        if (!stack.startsWith('routes-')) continue
        const types = Object.values(template.Resources).map(resource => resource.Type)
        const count = (type: string): number => types.filter(each => each === type).length
        expect(types.length - count('AWS::CloudWatch::Alarm'), stack).toBe(6 * count('AWS::ApiGatewayV2::Route'))
      }
    })
  })

  describe('alarms', () => {
    it('say how grave they are, what to do, and what silence means', () => {
      const alarms = synthesized().resources('AWS::CloudWatch::Alarm')
      expect(alarms.length).toBeGreaterThanOrEqual(6)
      for (const { id, properties } of alarms) {
        expect(properties['AlarmDescription'], id).toMatch(
          /^\[(page|ticket)\] .+\. What to do: docs\/runbook\.md#[a-z-]+\. Without data: (notBreaching|breaching|ignore|missing), because .+\.$/,
        )
        expect(properties['TreatMissingData'], id).toMatch(/^(notBreaching|breaching|ignore|missing)$/)
        expect(properties['AlarmActions'], id).toHaveLength(1)
        const metrics = at(properties, 'Metrics')
        if (Array.isArray(metrics))
          expect(metrics.length - 1, `${id} adds up no more metrics than CloudWatch allows`).toBeLessThanOrEqual(10)
      }
    })

    it('go to an encrypted topic that CloudWatch may use', () => {
      const topics = synthesized().resources('AWS::SNS::Topic')
      expect(topics).toHaveLength(1)
      expect(topics[0]?.properties['KmsMasterKeyId']).toBeDefined()
      const keys = synthesized().resources('AWS::KMS::Key', 'operations')
      expect(JSON.stringify(keys[0]?.properties['KeyPolicy'])).toContain('cloudwatch.amazonaws.com')
    })
  })
}
