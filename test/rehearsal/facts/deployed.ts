import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Deployed } from '../deployed.ts'

export const deployedFacts = (deployed: () => Deployed): void => {
  describe('the deployed environment', () => {
    it('holds no reference that is not resolved', () => {
      const unresolved = deployed()
        .resources()
        .filter(({ properties }) => /"(Ref|Fn::\w+)":|\$\{AWS::|undefined/.test(JSON.stringify(properties)))
      expect(unresolved.map(({ id, stack }) => `${stack}/${id}`)).toEqual([])
    })

    it('gives each resource its own ARN', () => {
      const arns = deployed()
        .resources()
        .flatMap(({ arn }) => arn ?? [])
      expect(arns.length).toBeGreaterThan(300)
      expect(new Set(arns).size).toBe(arns.length)
    })

    it('gives each of its functions a bundle that holds the handler', () => {
      const own = deployed().ownFunctions()
      expect(own.length).toBeGreaterThan(100)
      expect(own.filter(({ folder, unit }) => !existsSync(join(folder, `${unit}.mjs`)))).toEqual([])
      // Those of CDK: the log retention of the database, three and one of the providers, the default security group.
      expect(deployed().functions().length - own.length).toBe(6)
    })
  })
}
