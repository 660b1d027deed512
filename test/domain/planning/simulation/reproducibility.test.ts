import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
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
} from '../../../../domain/planning/simulation/index.ts'
import { BOOTSTRAP, SIX_ASSETS, simulationSpec } from './specs.ts'

const SPECS: Record<string, SimulationSpec> = {
  'lognormal annual': simulationSpec(),
  'lognormal monthly': simulationSpec({ stepsPerYear: 12, flowTiming: 'end', paths: 300 }),
  'lognormal annual, six assets': simulationSpec({ returns: SIX_ASSETS, flowTiming: 'end' }),
  'lognormal monthly, six assets': simulationSpec({ returns: SIX_ASSETS, stepsPerYear: 12, paths: 300 }),
  bootstrap: simulationSpec({ returns: BOOTSTRAP }),
}

/** Any change of these is a change of bits: it takes a new ENGINE_VERSION and a new entry here; stored results name the old one. */
const GOLDEN: Record<string, Record<string, { input: string; output: string }>> = {
  'nestegg-simulation-1': {
    'lognormal annual': {
      input: '71ecac152413ff8b75cc316571c520e5a43e1e76ef5e087aed3221b93191e5f8',
      output: 'c38881b797af7a20101e4308a54484aecea683c6553f0800317a2dfbc16ea879',
    },
    'lognormal monthly': {
      input: '7ea81e34feb9f9c28a14a8c01eb16e779f96930a4dbc44e0d24f5f3c52d0374f',
      output: 'bd81c3bb9cdeba1bf29fc5cc52849ab740d0a79ba6f223959472d85d66b0d755',
    },
    'lognormal annual, six assets': {
      input: 'f2a90b4f1dc4495c7440f823848f99d2acd6056303fe6e1f535c780c99d48158',
      output: '6279feff3018ec996dfffe9547910a2589123ccd8aa22e64cdb8abe79d780e6c',
    },
    'lognormal monthly, six assets': {
      input: '10d51106754f4cd27682a07509dbdfe5f9b949899b864c33baa6ba889381652d',
      output: 'dda556d84a847cb64cdd3f5c9ec0fdc88a94e642c73267fe5f4dbfbb3c2deb2d',
    },
    bootstrap: {
      input: 'a8abdadbbb68b144fa70afab87e236694180ded53980c6d1e59f14c95cf83241',
      output: '3c465ac1fd0523b8065b7ff14e2a466e0c9426afbf22bbcaf2a16ca2193aff06',
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

  test('has paths that can each be redrawn alone, bit by bit', () => {
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
    const longer = simulate(
      simulationSpec({
        ...spec,
        years,
        realFlows: [...spec.realFlows, 0, 0, 0, 0, 0],
        nominalFlows: [...spec.nominalFlows, 0, 0, 0, 0, 0],
      }),
    )
    expect(longer.bands.nominal.map(band => band.slice(0, spec.years + 1))).toEqual(whole.bands.nominal)
  })
})

describe('other ways of running it', () => {
  const specs = Object.values(SPECS).map(spec => ({ ...spec, paths: 70 }))
  const engine = fileURLToPath(new URL('../../../../domain/planning/simulation/index.ts', import.meta.url))
  const program = `import { outputHash, simulate } from ${JSON.stringify(engine)}
    const hashes = engine => ${JSON.stringify(specs)}.map(spec => outputHash(simulate(spec, { engine })))
    console.log(JSON.stringify({ kernel: hashes('kernel'), plain: hashes('plain') }))`
  const bundle = buildSync({ stdin: { contents: program, resolveDir: '.' }, bundle: true, write: false, platform: 'node', format: 'esm' })
  const hashes = specs.map(spec => outputHash(simulate(spec)))

  function runWith(node: string, flags: string[]): unknown {
    const child = spawnSync(node, [...flags, '--input-type=module'], { input: bundle.outputFiles[0]!.text, encoding: 'utf8' })
    return child.stderr === '' ? JSON.parse(child.stdout) : child.stderr
  }

  // Without a compiler there is no WebAssembly either.
  test.each(['--jitless', '--always-turbofan', '--no-opt', '--liftoff-only', '--no-wasm-tier-up', '--no-liftoff'])(
    'node %s gives the same bits',
    flag => expect(runWith(process.execPath, [flag])).toEqual({ kernel: hashes, plain: hashes }),
  )

  const other = ['/usr/bin/node', '/usr/local/bin/node'].find(node => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
    return stdout && Number(stdout.slice(1).split('.')[0]) >= 20 && stdout.trim() !== process.version
  })
  if (other === undefined) console.log('not tried with another Node: /usr/bin and /usr/local/bin have none')
  test.skipIf(other === undefined)('another Node of this machine gives the same bits', () => {
    expect(runWith(other!, [])).toEqual({ kernel: hashes, plain: hashes })
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
  ])('from %d to %d are refused', (from, to) => {
    expect(() => part(from, to)).toThrow(RangeError)
  })

  test('that leave paths out, overlap or belong to another specification are not merged', () => {
    expect(() => mergeShards(spec, [])).toThrow('missing')
    expect(() => mergeShards(spec, [part(0, 4), part(5, 10)])).toThrow('paths from 4 on are missing')
    expect(() => mergeShards(spec, [part(0, 9)])).toThrow('paths from 9 on are missing')
    expect(() => mergeShards(spec, [part(0, 6), part(5, 10)])).toThrow('there twice')
    expect(() => mergeShards({ ...spec, openingBalance: 1 }, [part(0, 10)])).toThrow('another specification')
  })
})

test('a path outside the run is refused', () => {
  expect(() => simulatePath(simulationSpec(), 1000)).toThrow(RangeError)
})
