import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  explainRunPath,
  type HouseholdSpec,
  pathEnds,
  pathsAtRanks,
  type RankedPath,
  rankAt,
  simulateHouseholdShard,
  simulateRun,
} from '../../../domain/planning/index.ts'
import type { PathEnds, SimulationSpec } from '../../../domain/simulation/index.ts'
import { ACCOUNTS, BOOTSTRAP, REGIMES, simulationSpec, STUDENT_T } from '../simulation/specs.ts'
import { expense, fullCouple, household } from './household/households.ts'

type Ended = Omit<RankedPath, 'rank'>

const allRanks = (paths: number): number[] => Array.from({ length: paths }, (_, index) => index + 1)

/** The order of the definition, by comparing each path with each other. */
const naively = (paths: readonly Ended[]): RankedPath[] =>
  paths
    .toSorted(
      (a, b) => (a.failureYear ?? 1000) - (b.failureYear ?? 1000) || a.endingWealthReal - b.endingWealthReal || a.pathIndex - b.pathIndex,
    )
    .map((path, index) => ({ rank: index + 1, ...path }))

/** How a path ends, by its ledger. Of a household without property and debts. */
const explained = (spec: SimulationSpec | HouseholdSpec, pathIndex: number): Ended => {
  const years = explainRunPath(spec, pathIndex).map(year =>
    'succeeding' in year ? { fails: !year.succeeding, real: year.closingReal } : { fails: !year.paidInFull, real: year.realBalance },
  )
  const failure = years.findIndex(({ fails }) => fails)
  return { pathIndex, failureYear: failure < 0 ? null : failure, endingWealthReal: years.at(-1)!.real }
}

const ended = ({ depletedIn, endingReal }: PathEnds): Ended[] =>
  [...depletedIn].map((year, pathIndex) => ({ pathIndex, failureYear: year < 0 ? null : year, endingWealthReal: endingReal[pathIndex]! }))

const few = { paths: 150 }
const thin = { ...few, expenses: [expense({ annualAmount: 55_000 })] }
const specifications: [string, SimulationSpec | HouseholdSpec][] = [
  ['a portfolio in the kernel', simulationSpec(few)],
  ['a portfolio by months', simulationSpec({ ...few, stepsPerYear: 12, flowTiming: 'end' })],
  ['a portfolio of past years', simulationSpec({ ...few, returns: BOOTSTRAP })],
  ['a portfolio with regimes', simulationSpec({ ...few, returns: REGIMES })],
  ['a portfolio with accounts and heavy tails', simulationSpec({ ...few, ...ACCOUNTS, returns: STUDENT_T })],
  ['a household', household(thin)],
  ['a household of past years', household({ ...thin, returns: BOOTSTRAP, accounts: household().accounts })],
]

describe.each(specifications)('the ranks of %s', (_, spec) => {
  const all = pathsAtRanks(pathEnds(spec, 0, spec.paths), allRanks(spec.paths))

  test('are those of a naive sort over the ledgers of all paths', () => {
    expect(all).toEqual(naively(allRanks(spec.paths).map(rank => explained(spec, rank - 1))))
    expect(all.filter(({ failureYear }) => failureYear !== null).length).toBeGreaterThan(0)
  })

  test('agree with the result of the run', () => {
    const { endingWealth, success } = simulateRun(spec)
    expect(all.filter(({ failureYear }) => failureYear === null)).toHaveLength(success.count)
    const wealth = all.map(({ endingWealthReal }) => endingWealthReal)
    expect(wealth[0]).toBe(endingWealth.real.minimum)
    expect(wealth.at(-1)).toBe(endingWealth.real.maximum)
    // A path that fails has nothing left here, so the order is that of ending wealth.
    const quantile = (fraction: number) => {
      const place = (spec.paths - 1) * fraction
      const [lower, upper] = [wealth[Math.floor(place)]!, wealth[Math.ceil(place)]!]
      return lower + (place - Math.floor(place)) * (upper - lower)
    }
    expect(spec.percentiles.map(quantile)).toEqual(endingWealth.real.percentiles)
  })

  test('do not depend on the parts in which the paths are simulated', () => {
    const parts = [pathEnds(spec, 0, 61), pathEnds(spec, 61, 62), pathEnds(spec, 62, spec.paths)]
    const joined = {
      depletedIn: Int32Array.from(parts.flatMap(({ depletedIn }) => [...depletedIn])),
      endingReal: Float64Array.from(parts.flatMap(({ endingReal }) => [...endingReal])),
    }
    expect(pathsAtRanks(joined, allRanks(spec.paths))).toEqual(all)
  })
})

test('a household with a home and debts ends with its estate', () => {
  const spec = fullCouple({ paths: 100 })
  const { depletedIn, estateReal } = simulateHouseholdShard(spec, 0, 100)
  expect(pathEnds(spec, 0, 100)).toEqual({ depletedIn, endingReal: estateReal })
})

test('equal ends are in the order of their numbers', () => {
  const ends = fc
    .array(fc.record({ year: fc.integer({ min: -1, max: 3 }), wealth: fc.constantFrom(0, 5e-324, 1, 2.5, 1e9) }), { minLength: 1 })
    .map(paths => ({ depletedIn: Int32Array.from(paths, path => path.year), endingReal: Float64Array.from(paths, path => path.wealth) }))
  fc.assert(
    fc.property(ends, each => {
      const paths = each.depletedIn.length
      expect(pathsAtRanks(each, allRanks(paths))).toEqual(naively(ended(each)))
    }),
  )
})

test('a percentile is a rank, from the worst path to the best', () => {
  expect([0, 0.0005, 0.05, 0.5, 0.999, 1].map(percentile => rankAt(percentile, 1000))).toEqual([1, 1, 50, 500, 999, 1000])
  expect([0, 0.5, 1].map(percentile => rankAt(percentile, 1))).toEqual([1, 1, 1])
})

test('paths that the specification does not have are refused', () => {
  for (const spec of [simulationSpec(few), household(few)]) expect(() => pathEnds(spec, 100, 151)).toThrow(RangeError)
})
