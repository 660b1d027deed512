import fc from 'fast-check'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { newAccount } from '../wealth/wealth-platform.ts'
import { type Answer, startTestPlatform, type TestUser } from '../../support/platform.ts'

const platform = await startTestPlatform()
const user: TestUser = await platform.newUser()
afterAll(() => platform.close())

type Item = { readonly id: string; readonly inputName: string; readonly inputType: string; readonly inputValue: Record<string, unknown> }

let planId: string
beforeEach(async () => {
  planId = await householdPlan(user, couple)
})

const few = { iterations: 100 }
const names = couple.map(({ inputName }) => inputName)
const at = (path = '', id = planId) => `/v1/planning/plans/${id}${path}`
const inputsOf = async (id = planId): Promise<Item[]> => (await user.request('GET', at('/inputs', id))).body.items
const namesOf = async (id = planId) => (await inputsOf(id)).map(({ inputName }) => inputName)
const named = async (name: string, id = planId) => (await inputsOf(id)).find(({ inputName }) => inputName === name)!
const bodyOf = (name: string, value: object = {}) => {
  const input = couple.find(({ inputName }) => inputName === name)!
  return { ...input, inputValue: { ...input.inputValue, ...value } }
}
const replace = async (name: string, value: object = {}, id = planId) => {
  const answer = await user.request('PUT', at(`/inputs/${(await named(name, id)).id}`, id), { body: bodyOf(name, value) })
  expect(answer.status).toBe(200)
}
const remove = async (name: string) => user.request('DELETE', at(`/inputs/${(await named(name)).id}`))
const run = async (id = planId): Promise<Answer['body']> => (await user.request('POST', at('/runs', id), { body: few })).body
const hashes = ({ inputHash, outputHash }: Answer['body']) => ({ inputHash, outputHash })
const largeRun = async (): Promise<Answer['body']> => {
  const { body } = await user.request('POST', at('/large-runs'), { body: { ...few, shards: 2 } })
  for (;;) {
    const read = (await user.request('GET', `/v1/planning/runs/${body.id}`)).body
    if (!['queued', 'running'].includes(read.status)) return read
    await delay(50)
  }
}
const change = async (path: string, body: object) =>
  user.request('POST', at(path), { body, headers: { 'if-match': (await user.request('GET', at())).headers.get('etag')! } })
const versionOf = async (): Promise<number> => (await user.request('GET', at())).body.version

/** The years that a person begins alive, in each of the first paths of a run. */
const yearsAlive = async (runId: string, person: string) => {
  const paths = await Promise.all(Array.from({ length: 20 }, (_, path) => user.request('GET', `/v1/planning/runs/${runId}/paths/${path}`)))
  return paths.map(
    ({ body }) => body.years.filter(({ people }: { people: { key: string }[] }) => people.some(({ key }) => key === person)).length,
  )
}

describe('a replaced person', () => {
  const later = { retirementAge: 67 }

  test('stays the first, and both persons keep their random numbers', async () => {
    const before = await run()
    const { body: preview } = await user.request('POST', at('/previews'), {
      body: { ...few, inputs: { replace: [{ inputId: (await named('Alex')).id, input: bodyOf('Alex', later) }] } },
    })
    await replace('Alex', later)
    expect(await namesOf()).toEqual(names)
    const { items, nextCursor } = (await user.request('GET', at('/inputs?limit=5'))).body
    const next = (await user.request('GET', at(`/inputs?limit=7&cursor=${nextCursor}`))).body
    expect([...items, ...next.items].map(({ inputName }) => inputName)).toEqual(names)
    const after = await run()
    const { samplePaths: _samples, ...result } = after.result
    expect(preview.changed).toEqual({ result, successInterval: after.successInterval, warnings: after.warnings })
    expect(preview.difference.endingWealthReal.meanDifference.estimate).not.toBe(0)
    for (const person of ['Alex', 'Robin']) {
      const lifetimes = await yearsAlive(before.id, person)
      expect(new Set(lifetimes).size).toBeGreaterThan(3)
      expect(await yearsAlive(after.id, person)).toEqual(lifetimes)
    }
  })

  test('has the same place in a large run', async () => {
    const before = await largeRun()
    await replace('Alex', later)
    const changed = await largeRun()
    expect(changed.inputHash).not.toBe(before.inputHash)
    expect(hashes(changed)).toEqual(hashes(await run()))
    await replace('Alex')
    expect(hashes(await largeRun())).toEqual(hashes(before))
  })

  test('has the same place in a branch, in a plan that is rolled forward, and in a restored version', async () => {
    await replace('Alex', later)
    const changed = await run()
    const { body: branch } = await user.request('POST', at('/branches'), { body: { name: 'Branch' } })
    expect(await namesOf(branch.id)).toEqual(names)
    expect(hashes(await run(branch.id))).toEqual(hashes(changed))
    const version = await versionOf()
    await replace('Robin', { retirementAge: 70 })
    const { householdId } = (await user.request('GET', at())).body
    const { id: linkedAccountId } = await newAccount(user, householdId, { type: 'retirement' })
    await replace('401(k)', { balance: '1.00', linkedAccountId })
    const rolled = await change('/roll-forwards', {
      date: '2026-10-31',
      balances: [{ linkedAccountId, balance: '2.00' }],
    })
    expect([rolled.status, await namesOf()]).toEqual([200, names])
    await change('/restorations', { version })
    expect(hashes(await run())).toEqual(hashes(changed))
  })
})

test('a restored version has its own order, whatever was removed, added and replaced since', async () => {
  const [original, version] = [await run(), await versionOf()]
  await remove('Alex')
  await user.request('POST', at('/inputs'), { body: bodyOf('Alex') })
  await replace('Travel', { annualAmount: '1.00' })
  const [swapped, swappedVersion] = [await run(), await versionOf()]
  expect(await namesOf()).toEqual([...names.slice(1), 'Alex'])
  expect(swapped.inputHash).not.toBe(original.inputHash)
  await change('/restorations', { version })
  expect(await namesOf()).toEqual(names)
  expect(hashes(await run())).toEqual(hashes(original))
  expect(hashes(await largeRun())).toEqual(hashes(original))
  await change('/restorations', { version: swappedVersion })
  expect(hashes(await run())).toEqual(hashes(swapped))
  expect(await namesOf()).toEqual([...names.slice(1), 'Alex'])
})

test('a restored version leaves what has not changed and is in order', async () => {
  const version = await versionOf()
  const before = await inputsOf()
  await remove('Taxes')
  await replace('Roth IRA', { balance: '1.00' })
  await change('/restorations', { version })
  const after = await inputsOf()
  const changed = new Set(['Roth IRA', 'Taxes'])
  expect(after.filter(({ inputName }) => !changed.has(inputName))).toEqual(before.filter(({ inputName }) => !changed.has(inputName)))
  expect(after.map(({ inputName }) => inputName)).toEqual(names)
})

test('a preview has the order that its changes would have if they were stored', async () => {
  const boat = { inputType: 'expense', inputName: 'Boat', inputValue: { annualAmount: '6000.00' } }
  const house = { inputType: 'expense', inputName: 'House', inputValue: { annualAmount: '7000.00' } }
  const inputs = {
    replace: [
      { inputId: (await named('Travel')).id, input: bodyOf('Travel', { annualAmount: '1.00' }) },
      { inputId: (await named('Alex')).id, input: bodyOf('Alex', { retirementAge: 70 }) },
    ],
    add: [boat, house],
    remove: [(await named('New roof')).id],
  }
  const { body: preview } = await user.request('POST', at('/previews'), { body: { ...few, inputs } })
  await replace('Travel', { annualAmount: '1.00' })
  await replace('Alex', { retirementAge: 70 })
  await remove('New roof')
  for (const body of [boat, house]) await user.request('POST', at('/inputs'), { body })
  expect(await namesOf()).toEqual([...names.filter(name => name !== 'New roof'), 'Boat', 'House'])
  const stored = await run()
  const { samplePaths: _samples, ...result } = stored.result
  expect(preview.changed.result).toEqual(result)
})

test('any replacements that end at the original values give the original hash', async () => {
  const original = hashes(await run())
  const values: Readonly<Record<string, object>> = {
    Alex: { retirementAge: 66 },
    Robin: { sex: 'female' },
    Brokerage: { balance: '5.00' },
    Living: { annualAmount: '9.00' },
    Taxes: { state: 'NY' },
  }
  const step = fc.record({ name: fc.constantFrom(...Object.keys(values)), changed: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async steps => {
      for (const { changed, name } of steps) await replace(name, changed ? values[name] : {})
      for (const name of new Set(steps.map(({ name }) => name))) await replace(name)
      expect(await namesOf()).toEqual(names)
      expect(hashes(await run())).toEqual(original)
    }),
    { numRuns: 8 },
  )
})
