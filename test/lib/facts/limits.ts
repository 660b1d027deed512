import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import type { Synthesized } from '../synthesized.ts'

/** CloudFormation's limits: resources per stack, and bytes per template that CDK uploads. */
const resourcesPerStack = 500
const templateBytes = 1_000_000

export const limitFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('stacks', () => {
    it('are within the limits of CloudFormation', () => {
      const sizes = [...synthesized().templates].map(([stack, template]) => ({
        stack,
        resources: Object.keys(template.Resources).length,
        bytes: Buffer.byteLength(JSON.stringify(template)),
      }))
      expect(sizes.filter(({ resources, bytes }) => resources >= resourcesPerStack || bytes >= templateBytes)).toEqual([])
    })

    it('have six resources per route, without alarms; nine and two per stack, if releases are gradual', () => {
      const { gradualRelease } = environmentSettings(name)
      const [perStack, perRoute] = gradualRelease === undefined ? [0, 6] : [2, 9]
      const routesStacks = [...synthesized().templates].filter(([stack]) => stack.startsWith('routes-'))
      const used = routesStacks.map(([stack, template]) => {
        const types = Object.values(template.Resources).map(resource => resource.Type)
        const count = (type: string): number => types.filter(each => each === type).length
        return { stack, perRoute: (types.length - perStack - count('AWS::CloudWatch::Alarm')) / count('AWS::ApiGatewayV2::Route') }
      })
      expect(used).toEqual(routesStacks.map(([stack]) => ({ stack, perRoute })))
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

    it('go to the topic of their severity, and each topic to its address', () => {
      const { alarms, front } = environmentSettings(name)
      // An alarm publishes to topics of its own Region only.
      const stacks = ['operations', ...(front ? ['front'] : [])]
      const topics = synthesized().resources('AWS::SNS::Topic')
      expect(topics.map(({ properties, stack }) => [stack, properties['DisplayName']])).toEqual(
        stacks.flatMap(stack => ['page', 'ticket'].map(severity => [stack, `Nestegg ${name}: ${severity}`])),
      )
      expect(topics.filter(({ properties }) => properties['KmsMasterKeyId'] === undefined)).toEqual([])
      const keys = stacks.map(stack => synthesized().resources('AWS::KMS::Key', stack)[0])
      for (const key of keys) expect(JSON.stringify(key?.properties['KeyPolicy'])).toContain('cloudwatch.amazonaws.com')
      const sent = synthesized()
        .resources('AWS::CloudWatch::Alarm')
        .map(({ properties }) => [
          /^\[(\w+)\]/.exec(String(properties['AlarmDescription']))![1],
          JSON.stringify(properties['AlarmActions']),
        ])
      expect(sent.filter(([severity, actions]) => !actions!.includes(severity === 'page' ? 'Pages' : 'Tickets'))).toEqual([])
      const addresses = synthesized()
        .resources('AWS::SNS::Subscription')
        .map(({ properties }) => [properties['Protocol'], properties['Endpoint']])
      expect(addresses).toEqual(
        alarms === undefined
          ? []
          : stacks.flatMap(() => [
              ['email', alarms.pages],
              ['email', alarms.tickets],
            ]),
      )
      expect(alarms !== undefined).toBe(name !== 'dev')
    })
  })
}
