import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ENGINE_VERSION,
  inputHash,
  mergeShards,
  outputHash,
  type SimulationSpec,
  shardRanges,
  simulate,
  simulatePath,
  simulateShard,
} from '../../../domain/simulation/index.ts'
import { otherNode, runUnder } from '../../support/other-node.ts'
import { ACCOUNTS, BOOTSTRAP, MONTHLY_HISTORY, REGIMES, SIX_ASSETS, STUDENT_T, simulationSpec } from './specs.ts'

const SPECS: Record<string, SimulationSpec> = {
  'lognormal annual': simulationSpec(),
  'lognormal monthly': simulationSpec({ stepsPerYear: 12, flowTiming: 'end', paths: 300 }),
  'lognormal annual, six assets': simulationSpec({ returns: SIX_ASSETS, flowTiming: 'end' }),
  'lognormal monthly, six assets': simulationSpec({ returns: SIX_ASSETS, stepsPerYear: 12, paths: 300 }),
  bootstrap: simulationSpec({ returns: BOOTSTRAP }),
  'monthly bootstrap': simulationSpec({ returns: { ...MONTHLY_HISTORY, kind: 'bootstrap' }, stepsPerYear: 12, paths: 300 }),
  'block bootstrap': simulationSpec({ returns: { ...BOOTSTRAP, kind: 'block_bootstrap', blockLengthPeriods: 3 } }),
  'stationary bootstrap': simulationSpec({ returns: { ...BOOTSTRAP, kind: 'stationary_bootstrap', meanBlockLengthPeriods: 2.5 } }),
  'Student t': simulationSpec({ returns: STUDENT_T }),
  'Student t that its bounds move': simulationSpec({ returns: { ...STUDENT_T, degreesOfFreedom: 3 } }),
  'monthly Student t': simulationSpec({ returns: STUDENT_T, stepsPerYear: 12, flowTiming: 'end', paths: 300 }),
  regimes: simulationSpec({ returns: REGIMES }),
  'monthly regimes': simulationSpec({ returns: REGIMES, stepsPerYear: 12, paths: 300 }),
  'lognormal annual, three accounts': simulationSpec(ACCOUNTS),
  'monthly bootstrap, three accounts': simulationSpec({
    ...ACCOUNTS,
    returns: { ...MONTHLY_HISTORY, kind: 'bootstrap' },
    stepsPerYear: 12,
    flowTiming: 'end',
    paths: 300,
  }),
}

/** A change of these hashes is a change of bits: it needs a new ENGINE_VERSION and a new entry here. Stored results name the old version. */
const GOLDEN: Record<string, Record<string, { input: string; output: string }>> = {
  'nestegg-simulation-2': {
    'lognormal annual': {
      input: '71ecac152413ff8b75cc316571c520e5a43e1e76ef5e087aed3221b93191e5f8',
      output: '8527cb6ce5e5ff764658a9bed4c662984f908abebf8a3e1457e1f4a28394f996',
    },
    'lognormal monthly': {
      input: '7ea81e34feb9f9c28a14a8c01eb16e779f96930a4dbc44e0d24f5f3c52d0374f',
      output: 'ec8bbea7f6b31bb750d5ec27dd8e124274c830bd0d1370e1e494979f24af5438',
    },
    'lognormal annual, six assets': {
      input: 'f2a90b4f1dc4495c7440f823848f99d2acd6056303fe6e1f535c780c99d48158',
      output: 'eff4ee0397d95ad862f578e07f806a9358f6c2393e5473c2e01d7179911a9ebc',
    },
    'lognormal monthly, six assets': {
      input: '10d51106754f4cd27682a07509dbdfe5f9b949899b864c33baa6ba889381652d',
      output: 'd7f6e64c11cee792a3759701a318ec124cc4e1a75fe6cc26969eb66e47ceff33',
    },
    bootstrap: {
      input: 'a8abdadbbb68b144fa70afab87e236694180ded53980c6d1e59f14c95cf83241',
      output: 'e66c1564e2c6bc425f8dab519bca9456f459436b6dd3ab230ce5097be332550f',
    },
    'monthly bootstrap': {
      input: '47e1bcfa0d5e0f713f91f3d3c845ecc6264f63a59e994ae9b02b761a375441ad',
      output: '64bb9028efda51b0da56e54134b5f49fdf24e304f7bc38342aa05ec4329e384c',
    },
    'block bootstrap': {
      input: '48d2b8e792cd48731b464d66e383463037d2553525ec112472e064c5e654ab7f',
      output: '79c6a6c430de02785b2f7a9e6a2b08c165a35aa7d03520728f21315442545c40',
    },
    'stationary bootstrap': {
      input: '350cdb9ca4560b5c2696313c5ffe0a6137cc07c19d4863afd8b5d95f306353f5',
      output: 'c39c0863e6b60d06b1bac55ea254f6a5da181b5ebd60539d6a84fd4b01c91905',
    },
    'Student t': {
      input: '2e1a0f284f677813cb654137b366c3d5cca49381683f7d50ea0b5fd1e001cdbc',
      output: '9cfee2b3b1c74ea68a102fd4bb47c88b1e0441ca44d9e4db785c2f95a415b8b6',
    },
    'Student t that its bounds move': {
      input: '3ae370d8c8356e41f5dc8ddf449a3a5115f5a8bdc4a0360f75f239f5ddb18ee2',
      output: 'b6c3ef2886da6159d3e565744b00bacbb2ad2994a1a793ba39597edcb83a2541',
    },
    'monthly Student t': {
      input: 'f168edf865c7572b0f22e041bb04ca5f9c046c8978ed2fefe8b647003e4ea190',
      output: '1c5a45ba04494e457c74a849ca9d8f273fbfa2d6d3a36007fe909a84b845145b',
    },
    regimes: {
      input: 'e08bc433b6276aed5dda9aaebb763411c8d48bdcf7dd1cb5ccd0bfaa4e2cd261',
      output: 'db25c14b2d383668482111d7c30c43ec1aa97638d63fdb476b56b42abe277b63',
    },
    'lognormal annual, three accounts': {
      input: '3765e7e83b84507f3ceb0326e3e8a87c8285e752d055747a9484d4ca3db11d19',
      output: '85a582f4da785fde7d7d34e700a86f3bdafd91521cb827dab1b774d7cacb8571',
    },
    'monthly bootstrap, three accounts': {
      input: '3aa2520554317e91cc10bfe6063298fcdc494cdae51e7e6323e7560e479c82c5',
      output: 'dad7f58d49f16a239d90c96e8df22dabca114050ab4f469d00a75ac5780f2f0f',
    },
    'monthly regimes': {
      input: '6a138bd31f4a5e21c0a415d379149216403b179b0c3405352b5be6fb53d96582',
      output: '2422fb05d036ded5d01e95c939bd6fb5d4032ad6174167ec5beb260966e9f2e3',
    },
  },
}

describe.each(Object.entries(SPECS))('a %s simulation', (name, spec) => {
  const whole = simulate(spec)

  test('has the golden hashes of this engine version', () => {
    expect({ input: inputHash(spec), output: outputHash(whole) }).toEqual(GOLDEN[ENGINE_VERSION]?.[name])
  })

  test.each([2, 7, 16])('has the same bits in %i shards', shards => {
    expect(outputHash(simulate(spec, { shards }))).toBe(outputHash(whole))
  })

  test('has the same bits for any boundaries, merged in any order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: spec.paths - 1 }), { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (cuts, order) => {
          const bounds = [0, ...cuts.toSorted((a, b) => a - b), spec.paths]
          const shards = bounds.slice(1).map((to, i) => ({ rank: order.next().value!, shard: simulateShard(spec, bounds[i]!, to) }))
          const shuffled = shards.toSorted((a, b) => a.rank - b.rank).map(({ shard }) => shard)
          expect(outputHash(mergeShards(spec, shuffled))).toBe(outputHash(whole))
        },
      ),
      { numRuns: 8 },
    )
  })

  test('has paths that can be redrawn one at a time, with the same bits', () => {
    const shard = simulateShard(spec, 0, spec.paths)
    for (const path of [0, 1, 63, 64, 65, 211, spec.paths - 1]) {
      const ledger = simulatePath(spec, path)
      expect(ledger.map(year => year.closing)).toEqual(ledger.map((_, year) => shard.nominal[year * spec.paths + path]))
      expect(ledger.map(year => year.realBalance)).toEqual(ledger.map((_, year) => shard.real[year * spec.paths + path]))
      expect(ledger.at(-1)!.priceIndex).toBe(shard.priceIndex[path])
      expect(ledger.findIndex(year => !year.paidInFull)).toBe(shard.depletedIn[path])
    }
  })

  test('changes with the seed', () => {
    expect(simulate({ ...spec, seed: '20260102' }).endingWealth).not.toEqual(whole.endingWealth)
  })

  test('keeps its first years when the horizon grows: common random numbers', () => {
    const years = spec.years + 5
    const extended = (flows: readonly number[]): number[] => [...flows, 0, 0, 0, 0, 0]
    const accounts = spec.accounts?.map(account => ({
      ...account,
      realContributions: extended(account.realContributions),
      nominalContributions: extended(account.nominalContributions),
    }))
    const longer = simulate(
      simulationSpec({
        ...spec,
        years,
        realFlows: extended(spec.realFlows),
        nominalFlows: extended(spec.nominalFlows),
        ...(accounts && { accounts }),
      }),
    )
    expect(longer.bands.nominal.map(band => band.slice(0, spec.years + 1))).toEqual(whole.bands.nominal)
  })
})

describe('other ways of running it', async () => {
  const specs = Object.values(SPECS).map(spec => ({ ...spec, paths: 70 }))
  const engine = fileURLToPath(new URL('../../../domain/simulation/index.ts', import.meta.url))
  const program = `import { outputHash, simulate } from ${JSON.stringify(engine)}
    const hashes = engine => ${JSON.stringify(specs)}.map(spec => outputHash(simulate(spec, { engine })))
    console.log(JSON.stringify({ kernel: hashes('kernel'), plain: hashes('plain') }))`
  const hashes = specs.map(spec => outputHash(simulate(spec)))

  // Without a compiler there is no WebAssembly either.
  test.each(['--jitless', '--always-turbofan', '--no-opt', '--liftoff-only', '--no-wasm-tier-up', '--no-liftoff'])(
    'node %s gives the same bits',
    async flag => expect(await runUnder(process.execPath, program, { flags: [flag] })).toEqual({ kernel: hashes, plain: hashes }),
  )

  const other = await otherNode()
  test.skipIf(other === undefined)('another Node of this machine gives the same bits', async () => {
    expect(await runUnder(other!, program)).toEqual({ kernel: hashes, plain: hashes })
  })
})

describe('shards', () => {
  const spec = simulationSpec({ paths: 10, years: 3 })
  const part = (from: number, to: number) => simulateShard(spec, from, to)

  test('divide paths evenly', () => {
    expect(shardRanges(10, 3)).toEqual([
      [0, 3],
      [3, 6],
      [6, 10],
    ])
    expect(shardRanges(2, 7)).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(() => shardRanges(10, 0)).toThrow(RangeError)
    expect(() => simulate(spec, { shards: 1.5 })).toThrow(RangeError)
  })

  test.each([
    [-1, 3],
    [3, 3],
    [0, 11],
    [0.5, 2],
  ])('from %d to %d are rejected', (from, to) => {
    expect(() => part(from, to)).toThrow(RangeError)
  })

  test('are not merged if they leave paths out, overlap or belong to another specification', () => {
    expect(() => mergeShards(spec, [])).toThrow('missing')
    expect(() => mergeShards(spec, [part(0, 4), part(5, 10)])).toThrow('paths from 4 on are missing')
    expect(() => mergeShards(spec, [part(0, 9)])).toThrow('paths from 9 on are missing')
    expect(() => mergeShards(spec, [part(0, 6), part(5, 10)])).toThrow('given twice')
    expect(() => mergeShards({ ...spec, openingBalance: 1 }, [part(0, 10)])).toThrow('another specification')
  })
})

test('a path outside the run is rejected', () => {
  expect(() => simulatePath(simulationSpec(), 1000)).toThrow(RangeError)
})
