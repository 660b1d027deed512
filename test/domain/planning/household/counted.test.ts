import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CountedShard,
  countHouseholdShard,
  createCountedMerge,
  type HouseholdResult,
  type HouseholdSpec,
  HOUSEHOLD_LIMITS,
  householdOutputHash,
  simulateHousehold,
  simulateHouseholdShard,
  validateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { decodeShard, encodeShard, shardRanges } from '../../../../domain/simulation/index.ts'
import { createQuantiles, exactOrderStatistics } from '../../../../domain/numeric/quantiles.ts'
import { otherNode, runUnder } from '../../../support/other-node.ts'
import { account, expense, fullCouple, household, NO_VOLATILITY } from './households.ts'

const merged = (spec: HouseholdSpec, shards: readonly CountedShard[]): HouseholdResult => {
  const merge = createCountedMerge(spec)
  for (const shard of shards) merge.add(decodeShard(encodeShard(shard)) as CountedShard)
  return merge.result()
}
const counted = (spec: HouseholdSpec, shards = 1): HouseholdResult =>
  merged(
    spec,
    shardRanges(spec.paths, shards).map(([from, to]) => countHouseholdShard(spec, from, to)),
  )

/** Everybody dies before the last years, and some die before the goal. */
const couple = fullCouple({ paths: 150 })

describe('a household that is counted', () => {
  test('has the same bits in 1, 3 and 16 shards, and those of the golden hash', () => {
    const hash = householdOutputHash(counted(couple))
    for (const shards of [3, 16]) expect(householdOutputHash(counted(couple, shards))).toBe(hash)
    expect(hash).toMatchInlineSnapshot(`"8d4e2f5e855e441e3f8a17e9631a6153cd3d05c149312c38febf45307ab0b66c"`)
  })

  test('has the same bits for any shards in any order', () => {
    const spec = fullCouple({ paths: 60, years: 12 })
    const hash = householdOutputHash(counted(spec))
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: spec.paths - 1 }), { maxLength: 8 })
    fc.assert(
      fc.property(cuts, fc.nat(), (inside, seed) => {
        const ends = [0, ...inside.toSorted((a, b) => a - b), spec.paths]
        const shards = ends.slice(1).map((to, index) => countHouseholdShard(spec, ends[index]!, to))
        const turned = [...shards.slice(seed % shards.length), ...shards.slice(0, seed % shards.length)]
        expect(householdOutputHash(merged(spec, turned))).toBe(hash)
      }),
      { numRuns: 20 },
    )
  })

  test('has the exact figures of its paths, and quantiles within 0.2 % of the exact ones', () => {
    const spec = fullCouple({ paths: 1500 })
    const [exact, found] = [simulateHousehold(spec), counted(spec, 2)]
    const { definitions: _exact, samplePaths: _samples, ...figures } = exact
    const near = (value: unknown, other: unknown, tolerance: number): void => {
      if (Array.isArray(value)) for (const [index, one] of value.entries()) near(one, (other as unknown[])[index], tolerance)
      else expect(Math.abs((other as number) - (value as number))).toBeLessThanOrEqual((value as number) * tolerance)
    }
    for (const name of ['paths', 'success', 'surviving', 'depletion', 'engineVersion'] as const) expect(found[name]).toEqual(figures[name])
    for (const money of ['nominal', 'real'] as const) {
      near(figures.bands[money], found.bands[money], 1 / 512)
      near(figures.endingWealth[money].percentiles, found.endingWealth[money].percentiles, 1 / 512)
    }
    near(figures.spending.real, found.spending.real, 1 / 512)
    near(figures.taxes.lifetimeReal.percentiles, found.taxes.lifetimeReal.percentiles, 1 / 512)
    for (const of of [({ endingWealth }: HouseholdResult) => endingWealth.real, ({ taxes }: HouseholdResult) => taxes.lifetimeReal]) {
      const { maximum, mean, minimum, standardDeviation } = of(exact)
      expect(of(found)).toMatchObject({ maximum, minimum })
      near([mean, standardDeviation], [of(found).mean, of(found).standardDeviation], 1e-12)
    }
    near(Object.values(figures.taxes.meanByKind), Object.values(found.taxes.meanByKind), 1e-12)
    expect(found.goals).toEqual(
      figures.goals.map(goal => ({ ...goal, meanFundedShare: expect.closeTo(goal.meanFundedShare!, 12) as number })),
    )
    expect(Object.keys(found)).toEqual(Object.keys(exact))
  })

  test('has the sample paths of its percentiles, equal to the same paths simulated alone', () => {
    const spec = household({ paths: 800, years: 25 })
    const { depletedIn, estateReal, spendingReal, wealthReal } = simulateHouseholdShard(spec, 0, spec.paths)
    const ranks = spec.percentiles.map(fraction => Math.floor(fraction * (spec.paths - 1)) / (spec.paths - 1))
    const standing = createQuantiles(spec.paths, ranks, exactOrderStatistics)(estateReal)
    const of = (matrix: Float64Array, path: number): number[] =>
      Array.from({ length: spec.years }, (_, year) => matrix[year * spec.paths + path]!)
    for (const [index, { path, ...sample }] of counted(spec, 3).samplePaths.entries()) {
      expect(Math.abs(estateReal[path]! - standing[index]!)).toBeLessThanOrEqual(standing[index]! / 512)
      expect(sample).toEqual({
        success: depletedIn[path] === -1,
        wealthReal: [spec.accounts[0]!.openingBalance, ...of(wealthReal, path)],
        spendingReal: of(spendingReal, path),
      })
    }
  })

  test('without risk matches the exact result, with a standard deviation of zero', () => {
    const spec = household({ paths: 40, years: 12, returns: NO_VOLATILITY })
    const [exact, found] = [simulateHousehold(spec), counted(spec, 3)]
    expect(found.bands).toEqual(exact.bands)
    expect(found.spending).toEqual(exact.spending)
    expect(found.endingWealth.real.standardDeviation).toBe(0)
    expect(found.endingWealth.real.mean).toBeCloseTo(exact.endingWealth.real.maximum, 8)
  })

  test('that spends everything on every path has a sample of zeros', () => {
    const spec = household({
      paths: 30,
      years: 5,
      accounts: [account({ openingBalance: 10_000 })],
      expenses: [expense({ annualAmount: 90_000 })],
    })
    const { endingWealth, samplePaths, success } = counted(spec, 4)
    expect(success.count).toBe(0)
    expect(endingWealth.nominal).toEqual({
      mean: 0,
      standardDeviation: 0,
      minimum: 0,
      maximum: 0,
      percentiles: spec.percentiles.map(() => 0),
    })
    expect(samplePaths.map(({ path }) => path)).toEqual(spec.percentiles.map(() => 0))
  })

  test('needs memory that does not grow with its paths', () => {
    const spec = fullCouple({ paths: 4000, years: 20 })
    const sizeBytes = (to: number): number => encodeShard(countHouseholdShard(spec, 0, to)).length
    const [few, many] = [sizeBytes(1000), sizeBytes(4000)]
    expect(many / few).toBeLessThan(1.5)
    expect(many).toBeLessThan(encodeShard(simulateHouseholdShard(spec, 0, 2000)).length)
  })

  test('refuses shards of another household, missing paths and duplicate paths', () => {
    const [first, last] = [countHouseholdShard(couple, 0, 100), countHouseholdShard(couple, 99, 150)]
    expect(() => merged({ ...couple, seed: '1' }, [first])).toThrow('another specification')
    expect(() => merged(couple, [first])).toThrow('paths from 100 on are missing')
    expect(() => merged(couple, [first, last])).toThrow('given twice')
    expect(() => countHouseholdShard(couple, 100, 151)).toThrow(RangeError)
  })
})

describe('counted on other engines', async () => {
  const spec = fullCouple({ paths: 70, years: 12 })
  const engine = fileURLToPath(new URL('../../../../domain/planning/household/index.ts', import.meta.url))
  const program = `import { countHouseholdShard, createCountedMerge, householdOutputHash } from ${JSON.stringify(engine)}
    const spec = ${JSON.stringify(spec)}
    const merge = createCountedMerge(spec)
    for (const [from, to] of [[30, 70], [0, 30]]) merge.add(countHouseholdShard(spec, from, to))
    console.log(JSON.stringify(householdOutputHash(merge.result())))`
  const hash = householdOutputHash(counted(spec))

  test.each(['--jitless', '--always-turbofan'])('node %s gives the same bits', async flag =>
    expect(await runUnder(process.execPath, program, { flags: [flag] })).toBe(hash),
  )

  const other = await otherNode()
  test.skipIf(other === undefined)('another Node version gives the same bits', async () => {
    expect(await runUnder(other!, program)).toBe(hash)
  })
})

describe('the limit of exact paths', () => {
  const spec = household({ paths: HOUSEHOLD_LIMITS.exactPaths + 1, years: 2 })

  test('above it a household is counted, its result says so, and any division has the same bits', () => {
    const whole = simulateHousehold(spec)
    expect(whole.definitions.quantiles).toContain('0.2 %')
    expect(whole.definitions.samplePaths).toContain('0.2 %')
    expect(householdOutputHash(simulateHousehold(spec, { shards: 3 }))).toBe(householdOutputHash(whole))
  })

  test('at it a household’s result says that it is exact', () => {
    const { definitions } = simulateHousehold({ ...spec, paths: HOUSEHOLD_LIMITS.exactPaths, years: 1 })
    expect(definitions.quantiles).not.toContain('0.2 %')
  })

  test('above it a household can have a million paths, but no grid of sensitivities', () => {
    const faults = (changes: Partial<HouseholdSpec>): string[] => validateHousehold({ ...spec, ...changes }).map(({ path }) => path)
    expect(faults({ paths: 1_000_000 })).toEqual([])
    expect(faults({ paths: 1_000_001 })).toContain('paths')
    expect(faults({ sensitivities: ['spending'] })).toEqual(['sensitivities'])
    expect(faults({ sensitivities: ['spending'], paths: HOUSEHOLD_LIMITS.exactPaths })).toEqual([])
  })
})
