import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffTemplate, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import { Stack } from 'aws-cdk-lib'
import { CfnUserPool, type CfnUserPoolProps } from 'aws-cdk-lib/aws-cognito'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { RouteDeclaration } from '../../../lambdas/runtime/route.ts'
import { readFindings } from '../../../lib/findings.ts'
import { offlineApp } from '../../../lib/offline-app.ts'
import { appOf, at, environment, only, synthesize } from '../synthesized.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { trialRoute } from '../trial-route.ts'

const addFaultyPool = (stack: Stack, props: CfnUserPoolProps): CfnUserPool => new CfnUserPool(stack, 'Users', props)

export const refusalFacts = (): void => {
  describe('a route table is rejected', () => {
    const refused = (changes: Partial<RouteDeclaration>) => () => appOf('dev', { routes: trialRoute(changes) })

    it('if a route needs backends inside and outside the VPC', () => {
      expect(refused({ backends: ['database', 'user-pool'] })).toThrow(
        /planning\/try-plan declares the backends database, user-pool: .*inside the VPC and cannot reach user-pool from there/,
      )
      expect(refused({ backends: ['identity-functions', 'database'] })).toThrow(/over the Data API/)
      expect(refused({ backends: ['identity-functions', 'user-pool'] })).not.toThrow()
      expect(refused({ backends: ['database', 'mail'] })).toThrow(/cannot reach mail from there/)
    })

    it('if the stack of routes does not have a declared backend', () => {
      expect(refused({ backends: ['bar-drop'] })).toThrow('planning/try-plan declares the backend bar-drop, which its stack does not have.')
    })

    it('if a route may run longer than API Gateway waits', () => {
      expect(refused({ timeoutSeconds: 30 })).toThrow('The route planning/try-plan may run for 30 s, but API Gateway waits for 29 s only.')
    })

    it('if a GET could write', () => {
      expect(refused({ method: 'GET' })).toThrow('The route planning/try-plan is a GET with write access')
    })
  })

  describe('the CloudFormation validator', () => {
    it('reports a value that the service does not know, as a warning', () => {
      const outputFolder = temporaryFolder()
      const app = offlineApp(outputFolder)
      addFaultyPool(new Stack(app, 'Faulty'), { mfaConfiguration: 'SOMETIMES' })
      app.synth()
      expect(readFindings(outputFolder)).toEqual([expect.objectContaining({ rule: expect.stringContaining('W3030'), severity: 'warning' })])
    })

    it('fails for a property that a resource does not have', () => {
      const outputFolder = temporaryFolder()
      const app = offlineApp(outputFolder)
      addFaultyPool(new Stack(app, 'Faulty'), {}).addPropertyOverride('Mfa', 'ON')
      expect(() => app.synth()).toThrow(expect.objectContaining({ name: 'ValidationFailed' }))
    })
  })

  describe('cdk.json', () => {
    it('contains every flag that the installed CDK recommends, and strong references', () => {
      const parse = (path: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8'))
      expect(at(parse('cdk.json'), 'context')).toEqual({
        ...z.record(z.string(), z.unknown()).parse(parse('node_modules/aws-cdk-lib/recommended-feature-flags.json')),
        // A weak reference leaves its users on a replaced resource: their templates do not change.
        '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      })
    })
  })

  describe('templates', () => {
    it('are the same each time', () => {
      const [first, second] = [environment('dev'), synthesize('dev')]
      const differences = [...second.templates].map(
        ([name, template]) => diffTemplate(first.templates.get(name) ?? {}, template).differenceCount,
      )
      expect(differences).toEqual([...first.templates].map(() => 0))
    })

    it('show when a change would replace the database', () => {
      const template = environment('prod').templates.get('database')
      const { id } = only(environment('prod').resources('AWS::RDS::DBCluster'))
      const changed = structuredClone(template)!
      changed.Resources[id]!.Properties['DatabaseName'] = 'other'
      expect(diffTemplate(template!, changed).resources.get(id).changeImpact).toBe(ResourceImpact.WILL_REPLACE)
    })
  })
}
