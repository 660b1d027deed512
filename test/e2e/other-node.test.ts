import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../support/household.ts'
import { otherNode, runUnder } from '../support/other-node.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { importDataset } from '../support/return-dataset.ts'
import { returnModels } from '../support/return-models.ts'

const other = await otherNode()

/** Each model has its own series. */
const withoutAllocations = couple.map(input => ({ ...input, inputValue: { ...input.inputValue, allocation: undefined } }))

let platform: TestPlatform
let user: TestUser
let plans: Record<'portfolio' | 'household', string>
let history: Record<string, unknown>
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  // Longer than the couple's plans, shorter than the history.
  const terms = { planningHorizonYears: 8 }
  plans = { portfolio: (await newPlan(user, terms)).planId, household: await householdPlan(user, withoutAllocations, terms) }
  history = { datasetId: await importDataset(platform.database), allocation: { stocks: 0.6, bonds: 0.4 } }
})
afterAll(() => platform.close())

interface StoredRun {
  id: string
  specification: unknown
  inputHash: string
  outputHash: string
}

describe.skipIf(other === undefined)('a run moved to another Node of this machine', () => {
  test.each(['portfolio', 'household'] as const)(
    'of a %s gives its stored hashes under the other Node, and is verified under this one',
    async kind => {
      const models = Object.values(returnModels(history))
      for (const returnModel of models) {
        const { body, status } = await user.request('POST', `/v1/planning/plans/${plans[kind]}/runs`, {
          body: { returnModel, iterations: 200 },
        })
        expect([status, body.errors]).toEqual([201, undefined])
      }
      const stored = await platform.database.connect('postgres')<StoredRun[]>`
      select id, specification, input_hash as "inputHash", output_hash as "outputHash" from planning.runs where plan_id = ${plans[kind]} order by id`
      expect(stored).toHaveLength(models.length)

      const engines = fileURLToPath(new URL('../../domain/planning/index.ts', import.meta.url))
      const program = `import { readFileSync } from 'node:fs'
      import { runHash, simulateRun } from ${JSON.stringify(engines)}
      const specifications = JSON.parse(readFileSync(0, 'utf8'))
      console.log(JSON.stringify(specifications.map(one => ({ inputHash: runHash(one), outputHash: runHash(simulateRun(one)) }))))`
      const specifications = JSON.stringify(stored.map(run => run.specification))
      expect(await runUnder(other!, program, { input: specifications })).toEqual(
        stored.map(({ inputHash, outputHash }) => ({ inputHash, outputHash })),
      )
      for (const { id } of stored) expect((await user.request('POST', `/v1/planning/runs/${id}/verify`)).body.matched).toBe(true)
    },
  )
})
