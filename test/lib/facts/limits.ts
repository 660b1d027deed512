import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Synthesized } from '../synthesized.ts'

/** CloudFormation's limits: resources per stack, and bytes per template that CDK uploads. */
const resourcesPerStack = 500
const templateBytes = 1_000_000

export const limitFacts = (synthesized: () => Synthesized): void => {
  describe('stacks', () => {
    it('are within the limits of CloudFormation', () => {
      const sizes = [...synthesized().templates].map(([stack, template]) => ({
        stack,
        resources: Object.keys(template.Resources).length,
        bytes: Buffer.byteLength(JSON.stringify(template)),
      }))
      expect(sizes.filter(({ resources, bytes }) => resources >= resourcesPerStack || bytes >= templateBytes)).toEqual([])
    })

    it('have six resources per route, without alarms', () => {
      const routesStacks = [...synthesized().templates].filter(([stack]) => stack.startsWith('routes-'))
      const used = routesStacks.map(([stack, template]) => {
        const types = Object.values(template.Resources).map(resource => resource.Type)
        const count = (type: string): number => types.filter(each => each === type).length
        return { stack, perRoute: (types.length - count('AWS::CloudWatch::Alarm')) / count('AWS::ApiGatewayV2::Route') }
      })
      expect(used).toEqual(routesStacks.map(([stack]) => ({ stack, perRoute: 6 })))
    })
  })

  describe('alarms', () => {
    it('state their severity, the runbook section and the meaning of missing data', () => {
      const alarms = synthesized().resources('AWS::CloudWatch::Alarm')
      expect(alarms.length).toBeGreaterThanOrEqual(6)
      const expected = {
        AlarmDescription: expect.stringMatching(
          /^\[(page|ticket)\] .+\. What to do: docs\/runbook\.md#[a-z-]+\. Without data: (notBreaching|breaching|ignore|missing), because .+\.$/,
        ),
        TreatMissingData: expect.stringMatching(/^(notBreaching|breaching|ignore|missing)$/),
        AlarmActions: [expect.anything()],
      }
      expect(alarms.map(({ properties }) => properties)).toEqual(alarms.map(() => expect.objectContaining(expected)))
    })

    it('refer to an existing heading of the runbook', () => {
      const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8')
      const anchors = new Set([...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')))
      const descriptions = synthesized()
        .resources('AWS::CloudWatch::Alarm')
        .map(({ properties }) => String(properties['AlarmDescription']))
      const pointed = descriptions.map(text => /runbook\.md#([a-z-]+)/.exec(text)?.[1] ?? text)
      expect(pointed.filter(anchor => !anchors.has(anchor))).toEqual([])
    })

    it('add up no more metrics than CloudWatch accepts', () => {
      const metrics = synthesized()
        .resources('AWS::CloudWatch::Alarm')
        .map(({ properties }) => z.array(z.unknown()).default([]).parse(properties['Metrics']))
      expect(Math.max(...metrics.map(({ length }) => length - 1))).toBeLessThanOrEqual(10)
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
