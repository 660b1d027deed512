import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Call, refusals } from '../access.ts'
import type { Deployed, DeployedFunction } from '../deployed.ts'
import { callsOfCode, callsOfLambda } from '../needs.ts'
import type { Statement } from '../policy.ts'
import { rightsPage } from '../rights-table.ts'
import { type SdkUse, sdkUseOf } from '../sdk-use.ts'

/** Whether the ARN fits a pattern of a policy, with `*` and `?`. */
const fits = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(arn)

/** The parts of a statement that none of the calls needs: an action, or a resource. */
const unusedParts = ({ Action, Resource = [] }: Statement, calls: readonly Call[]): string[] => [
  ...Action.filter(action => !calls.some(call => fits(action, call.action) && Resource.some(pattern => fits(pattern, call.on)))),
  ...Resource.filter(pattern => !calls.some(call => fits(pattern, call.on) && Action.some(action => fits(action, call.action)))),
]

export const rightsFacts = (deployed: () => Deployed, use: () => ReadonlyMap<string, SdkUse>): void => {
  describe('rights of functions', () => {
    const callsOf = (lambda: DeployedFunction): Call[] => [
      ...callsOfCode(deployed(), lambda, sdkUseOf(use(), lambda)),
      ...callsOfLambda(deployed(), lambda),
    ]
    /** The handlers of one file, such as those of the migration, share their rights. */
    const callsOfFile = ({ domain, unit }: DeployedFunction): Call[] => deployed().functionsOf(`${domain}/${unit}`).flatMap(callsOf)

    it('allow every call that the code or Lambda makes', async () => {
      const calls = deployed()
        .ownFunctions()
        .flatMap(lambda => callsOf(lambda).map(call => [lambda.roleArn, call] as const))
      expect(calls.length).toBeGreaterThan(500)
      expect(await refusals(deployed(), calls)).toEqual([])
    })

    it('allow nothing else', () => {
      const unused = deployed()
        .ownFunctions()
        .flatMap(lambda =>
          deployed()
            .policiesOf(lambda.roleArn)
            .flatMap(({ document }) => document.Statement.filter(({ Effect }) => Effect === 'Allow'))
            .flatMap(statement => unusedParts(statement, callsOfFile(lambda)))
            .map(part => `${lambda.domain}/${lambda.handler} ${part}`),
        )
      expect(unused).toEqual([])
    })

    it('are those in docs/rights.md, which `npm run docs:rights` writes', () => {
      expect(rightsPage(deployed())).toBe(readFileSync(join(import.meta.dirname, '../../../docs/rights.md'), 'utf8'))
    })
  })
}
