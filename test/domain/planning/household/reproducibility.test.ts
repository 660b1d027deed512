import { describe, expect, test } from 'vitest'
import {
  explainPath,
  type HouseholdSpec,
  householdInputHash,
  householdOutputHash,
  mergeHouseholdShards,
  simulateHousehold,
  simulateHouseholdShard,
} from '../../../../domain/planning/household/index.ts'
import { expense, fullCouple, household, person } from './households.ts'

const couple = fullCouple({
  paths: 150,
  rothConversion: { amount: { kind: 'fill_bracket', ordinaryRate: 0.12 }, startYear: 2, endYear: 12 },
  spending: { rule: { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15 }, byAge: [] },
})

describe('a household result', () => {
  test('has the same bits for any shards in any order', () => {
    const hash = householdOutputHash(simulateHousehold(couple))
    for (const shards of [3, 16]) expect(householdOutputHash(simulateHousehold(couple, { shards }))).toBe(hash)
    const parts = [simulateHouseholdShard(couple, 71, 150), simulateHouseholdShard(couple, 0, 1), simulateHouseholdShard(couple, 1, 71)]
    expect(householdOutputHash(mergeHouseholdShards(couple, parts))).toBe(hash)
  })

  test('has the same bits for any shards where two persons file apart', () => {
    for (const filingStatus of ['single', 'married_separate'] as const) {
      const apart: HouseholdSpec = { ...couple, filingStatus, paths: 100 }
      const result = simulateHousehold(apart)
      expect(householdOutputHash(simulateHousehold(apart, { shards: 7 }))).toBe(householdOutputHash(result))
      expect(result.definitions.twoReturns).toContain('return')
    }
  })

  test('has its golden hashes', () => {
    expect(householdInputHash(couple)).toMatchInlineSnapshot(`"e7065621d41636b4646e43c45d631608cb29892e1bbe4a50a61bf0bd8e8cd844"`)
    expect(householdOutputHash(simulateHousehold(couple))).toMatchInlineSnapshot(
      `"16a4347225ad74a4c31a00327dc1574bd69f699bb81ee105e494032339e71c37"`,
    )
    expect(householdOutputHash(simulateHousehold(household()))).toMatchInlineSnapshot(
      `"f6cd86e75dee1a6779e885193b2c846c31d3344014afca2892037d2073ba2a26"`,
    )
  })

  test('refuses shards of another household, missing paths and duplicate paths', () => {
    const part = simulateHouseholdShard(couple, 0, 100)
    expect(() => mergeHouseholdShards({ ...couple, seed: '1' }, [part])).toThrow('another specification')
    expect(() => mergeHouseholdShards(couple, [part])).toThrow('paths from 100 on are missing')
    expect(() => mergeHouseholdShards(couple, [part, simulateHouseholdShard(couple, 99, 150)])).toThrow('given twice')
    expect(() => simulateHouseholdShard(couple, 100, 151)).toThrow(RangeError)
  })
})

describe('the ledger of one path', () => {
  test('is bit-equal to the run', () => {
    const shard = simulateHouseholdShard(couple, 0, couple.paths)
    for (const path of [0, 63, 64, 149]) {
      const ledger = explainPath(couple, path)
      expect(ledger).toHaveLength(shard.lastYear[path]! + 1)
      for (const [year, row] of ledger.entries()) {
        const at = year * couple.paths + path
        expect(row.closing).toBe(shard.wealthNominal[at])
        expect(row.closingReal).toBe(shard.wealthReal[at])
        expect(row.spendingPaid / row.priceIndex).toBe(shard.spendingReal[at])
      }
      expect(ledger.at(-1)!.succeeding).toBe(shard.depletedIn[path] === -1)
    }
  })

  test('refuses a path that the run does not have', () => {
    for (const path of [-1, 0.5, 150]) expect(() => explainPath(couple, path)).toThrow(RangeError)
  })
})

describe('random numbers are the same', () => {
  const years = (spec: HouseholdSpec): string =>
    JSON.stringify(explainPath(spec, 5).map(row => [row.priceIndex, row.growth / (row.closing - row.growth + row.fees)]))
  const alone = household({ years: 20 })

  test('for scenarios with other lifetimes: the markets do not change', () => {
    const drawn = household({ years: 20, people: [person({ lifespan: { kind: 'life_table' } })] })
    const short = JSON.parse(years(drawn)) as number[][]
    const long = JSON.parse(years(alone)) as number[][]
    expect(short).toEqual(long.slice(0, short.length))
  })

  test('for scenarios with other spending', () => {
    const indexes = (spec: HouseholdSpec): number[] => explainPath(spec, 5).map(row => row.priceIndex)
    expect(indexes(household({ years: 20, expenses: [expense({ annualAmount: 10_000 })] }))).toEqual(indexes(alone))
  })

  test('for the lives of a couple: a change of one lifespan does not change the other', () => {
    const base = fullCouple({ paths: 40 })
    const fixed = { ...base, people: [{ ...base.people[0]!, lifespan: { kind: 'fixed', age: 62 } as const }, base.people[1]!] }
    const lives = (spec: HouseholdSpec): number[] =>
      Array.from({ length: 40 }, (_, path) => explainPath(spec, path).filter(row => row.people.some(({ key }) => key === 'bob')).length)
    expect(lives(fixed)).toEqual(lives(base))
  })
})
