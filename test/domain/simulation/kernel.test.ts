import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BLOCK_PATHS,
  type LognormalModel,
  mergeShards,
  outputHash,
  type ShardResult,
  simulate,
  simulateShard,
  SPEC_LIMITS,
} from '../../../domain/simulation/index.ts'
import { generateKernel } from '../../../domain/simulation/kernel/generate-kernel.ts'
import { findKernel } from '../../../domain/simulation/kernel/kernel.ts'
import { kernelStatistics } from '../../../domain/simulation/kernel/statistics.ts'
import { plainStatistics } from '../../../domain/numeric/statistics.ts'
import { CHUNK_PATHS } from '../../../domain/simulation/paths.ts'
import { EXACT_QUANTILE_PATHS } from '../../../domain/simulation/spec.ts'
import { SIX_ASSETS, simulationSpec } from './specs.ts'

const kernel = findKernel()!
const fast = kernelStatistics(kernel)

test('the shipped module is the compiled form of its sources', { timeout: 120_000 }, async () => {
  const shipped = new URL('../../../domain/simulation/kernel/kernel.generated.ts', import.meta.url)
  expect(readFileSync(shipped, 'utf8')).toBe(await generateKernel())
})

test('its memory has room for the largest specification', () => {
  const { addresses, buffer } = kernel
  expect(addresses.SCRATCH - addresses.SAMPLE).toBeGreaterThanOrEqual(8 * EXACT_QUANTILE_PATHS)
  expect(addresses.ORDER_STATISTICS - addresses.RANKS).toBeGreaterThanOrEqual(4 * 2 * SPEC_LIMITS.percentiles)
  expect(addresses.LOADINGS - addresses.DRIFT).toBeGreaterThanOrEqual(8 * (SPEC_LIMITS.assets + 1))
  expect(addresses.NOMINAL_FLOWS - addresses.REAL_FLOWS).toBeGreaterThanOrEqual(8 * SPEC_LIMITS.years)
  const pathBytes = 2 * 8 * SPEC_LIMITS.years + 4 * 8 + 4
  expect(buffer.byteLength - addresses.RESULTS).toBeGreaterThanOrEqual(CHUNK_PATHS * pathBytes + 2 * 8 * BLOCK_PATHS)
})

/** Bytes of every array of a shard. */
const bitsOf = (shard: ShardResult): string[] =>
  Object.values(shard)
    .filter(part => ArrayBuffer.isView(part))
    .map(view => Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64'))

/** Equal correlations from 0 to 0.9 are always possible, whatever their number. */
const model: fc.Arbitrary<LognormalModel> = fc
  .record({
    assets: fc.array(
      fc.record({
        weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
        meanReturn: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        volatility: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
      }),
      { minLength: 1, maxLength: 9 },
    ),
    inflation: fc.record({
      mean: fc.double({ min: -0.1, max: 0.5, noNaN: true }),
      volatility: fc.double({ min: 0, max: 0.4, noNaN: true }),
    }),
    correlation: fc.double({ min: 0, max: 0.9, noNaN: true }),
  })
  .map(({ assets, inflation, correlation }) => {
    const total = assets.reduce((sum, asset) => sum + asset.weight, 0)
    const factors = assets.map(() => 0).concat(0)
    return {
      kind: 'lognormal',
      assets: assets.map((asset, index) => ({ ...asset, key: String(index), weight: asset.weight / total })),
      inflation,
      correlation: factors.map((_, i) => factors.map((_, j) => (i === j ? 1 : correlation))),
    }
  })

describe('the kernel gives the same bits as the plain form', () => {
  test('for any lognormal specification and any shard boundaries', () => {
    const flow = fc.oneof(fc.constant(0), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
    const wanted = fc.record({
      model,
      years: fc.integer({ min: 1, max: 6 }),
      stepsPerYear: fc.constantFrom(1 as const, 12 as const),
      paths: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(1, 63, 64, 65, 127, 128, 129)),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      flowTiming: fc.constantFrom('begin' as const, 'end' as const),
      openingBalance: fc.double({ min: 0, max: 1e7, noNaN: true }),
      flows: fc.array(flow, { minLength: 12, maxLength: 12 }),
      seed: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    })
    fc.assert(
      fc.property(wanted, ({ model, years, flows, cut, ...rest }) => {
        const spec = simulationSpec({
          ...rest,
          years,
          returns: model,
          realFlows: flows.slice(0, years),
          nominalFlows: flows.slice(6, 6 + years),
        })
        const boundary = Math.floor(cut * spec.paths)
        const shards = (
          [
            [0, boundary],
            [boundary, spec.paths],
          ] as const
        ).filter(([from, to]) => from < to)
        const run = (engine: 'plain' | 'kernel') => shards.map(([from, to]) => simulateShard(spec, from, to, { engine }))
        const plain = run('plain')
        const byKernel = run('kernel')
        expect(byKernel.map(bitsOf)).toEqual(plain.map(bitsOf))
        expect(mergeShards(spec, byKernel, { engine: 'kernel' })).toEqual(mergeShards(spec, plain, { engine: 'plain' }))
      }),
      { numRuns: 60 },
    )
  })

  test.each([1, 12] as const)('for a whole run in more than one chunk, with %i steps a year', stepsPerYear => {
    const spec = simulationSpec({ returns: SIX_ASSETS, stepsPerYear, paths: 16_384 + 65, years: stepsPerYear === 1 ? 9 : 1 })
    expect(outputHash(simulate(spec, { engine: 'kernel' }))).toBe(outputHash(simulate(spec, { engine: 'plain' })))
  })

  test('for as many assets, years and percentiles as a specification may have', () => {
    const { assets, percentiles, years } = SPEC_LIMITS
    const correlation = Array.from({ length: assets + 1 }, (_, i) => Array.from({ length: assets + 1 }, (_, j) => (i === j ? 1 : 0.3)))
    const spec = simulationSpec({
      years,
      stepsPerYear: 12,
      paths: 70,
      percentiles: Array.from({ length: percentiles }, (_, i) => (i + 1) / (percentiles + 1)),
      returns: {
        kind: 'lognormal',
        assets: Array.from({ length: assets }, (_, i) => ({ key: String(i), weight: 1 / assets, meanReturn: 0.05, volatility: i / 100 })),
        inflation: { mean: 0.02, volatility: 0.01 },
        correlation,
      },
    })
    expect(outputHash(simulate(spec, { engine: 'kernel' }))).toBe(outputHash(simulate(spec, { engine: 'plain' })))
  })

  test('for order statistics, whatever the spread, the ties and the zeros', () => {
    const value = fc.oneof(
      fc.constant(0),
      fc.double({ min: 1e-313, max: 1.7e308, noNaN: true }),
      fc.double({ min: 1, max: 1.0001, noNaN: true }),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(1e-310, 2e-310, 1.7e308),
    )
    fc.assert(
      fc.property(
        fc.array(value.map(Math.abs), { minLength: 1, maxLength: 600 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        (values, at) => {
          const ranks = [...new Set(at.map(rank => rank % values.length))].toSorted((a, b) => a - b)
          const sample = Float64Array.from(values)
          expect(fast.orderStatistics(values.length, ranks)(sample)).toEqual(plainStatistics.orderStatistics(values.length, ranks)(sample))
        },
      ),
    )
  })

  test('for a large sample of one value, and of two', () => {
    for (const distinct of [1, 2]) {
      const sample = Float64Array.from({ length: 100_000 }, (_, i) => 1 + (i % distinct) * Number.EPSILON)
      const ranks = [0, 49_999, 50_000, 99_999]
      expect(fast.orderStatistics(sample.length, ranks)(sample)).toEqual(plainStatistics.orderStatistics(sample.length, ranks)(sample))
    }
  })
})
