import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import * as z from 'zod'
import { type SimulationResult, type SimulationSpec, simulate } from '../../domain/simulation/index.ts'
import { createWorkerPool } from '../../lambdas/planning/worker-pool.ts'
import { timeHouseholds } from './household.ts'
import { startCpp } from './cpp-process.ts'
import { startNumpy } from './numpy-process.ts'
import { workload } from './simulation-workload.ts'

const WORKLOADS = [
  { name: 'annual', title: '10,000 paths x 40 years, annual', spec: workload(1, 10_000), warmUps: 5, rounds: 21 },
  { name: 'monthly', title: '10,000 paths x 480 months', spec: workload(12, 10_000), warmUps: 1, rounds: 7 },
  { name: 'million', title: '1,000,000 paths x 40 years, annual', spec: workload(1, 1_000_000), warmUps: 1, rounds: 3 },
]
const FRESH_PROCESSES = 9

const answer = z.object({ milliseconds: z.number(), success: z.number(), realMean: z.number() })
type Sample = z.infer<typeof answer>

interface Contender {
  name: string
  run: (spec: SimulationSpec) => Promise<Sample>
}

/**
 * Measures whole simulations, from validation to quantiles, against the same in NumPy and C++. Rounds alternate, so that all run under the same load.
 * Then the first simulation of a process, and whole households with their taxes.
 * `npm run bench -- simulation [annual|monthly|million|first|household]`
 */
export async function run(): Promise<void> {
  const one = createWorkerPool({ size: 1 })
  const two = createWorkerPool({ size: 2 })
  const numpy = startNumpy('simulation_numpy.py')
  const cpp = startCpp('simulation_naive.cpp', ['-O3'])
  const vectorised = startCpp('simulation_vector.cpp', ['-O3', '-march=native', '-mprefer-vector-width=512', '-ffast-math'])
  const contenders: Contender[] = [
    { name: 'kernel', run: spec => timed(async () => simulate(spec)) },
    { name: 'plain TypeScript', run: spec => timed(async () => simulate(spec, { engine: 'plain' })) },
    { name: 'warm pool, one worker', run: spec => timed(async () => (await one.simulate(spec)) as SimulationResult) },
    { name: 'warm pool, two workers', run: spec => timed(async () => (await two.simulate(spec)) as SimulationResult) },
    ...Object.entries({ NumPy: numpy, 'C++': cpp, 'C++, AVX-512 by hand': vectorised }).flatMap(([name, peer]) =>
      peer ? [{ name, run: async (spec: SimulationSpec) => answer.parse(await peer.ask(spec)) }] : [],
    ),
  ]
  console.log(`Node ${process.versions.node}. NumPy: ${numpy?.version ?? 'none found'}, one thread.`)
  console.log(
    `C++: ${cpp?.version ?? 'no compiler found'}\nC++, AVX-512 by hand: ${vectorised?.version ?? 'no compiler or no such processor'}`,
  )

  const wanted = process.argv[3]
  for (const { name, title, spec, warmUps, rounds } of WORKLOADS) {
    if ((wanted ?? name) !== name) continue
    const samples = contenders.map((): Sample[] => [])
    for (let round = 0; round < warmUps + rounds; round++) {
      for (const [index, contender] of contenders.entries()) samples[index]!.push(await contender.run(spec))
    }
    console.log(`\n${title}: median of ${rounds} rounds, and how many times the kernel's time that is`)
    console.table(
      table(
        contenders,
        samples.map(all => all.slice(warmUps)),
      ),
    )
  }
  await Promise.all([one.close(), two.close(), numpy?.end(), cpp?.end(), vectorised?.end()])
  if ((wanted ?? 'first') === 'first') console.log(`\nfirst simulation (annual) of a fresh process: ${await firstRequest()}`)
  if ((wanted ?? 'household') === 'household') await timeHouseholds()
}

async function timed(simulated: () => Promise<SimulationResult>): Promise<Sample> {
  const start = performance.now()
  const { success, endingWealth } = await simulated()
  return { milliseconds: performance.now() - start, success: success.probability, realMean: endingWealth.real.mean }
}

function table(contenders: readonly Contender[], samples: readonly Sample[][]): Record<string, Record<string, string>> {
  const kernel = times(samples[0]!)
  return Object.fromEntries(
    contenders.map(({ name }, index) => {
      const own = times(samples[index]!)
      return [
        name,
        {
          'median ms': median(own).toFixed(1),
          'least ms': Math.min(...own).toFixed(1),
          'x kernel': (median(own) / median(kernel)).toFixed(2),
          'x kernel (least)': (Math.min(...own) / Math.min(...kernel)).toFixed(2),
          success: samples[index]![0]!.success.toFixed(4),
          'real mean': samples[index]![0]!.realMean.toFixed(0),
        },
      ]
    }),
  )
}

/** Bundled, like the deployed code. */
async function firstRequest(): Promise<string> {
  const source = fileURLToPath(new URL('simulation-first.ts', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'simulation-bench-'))
  const script = join(folder, 'first.mjs')
  await build({ entryPoints: [source], outfile: script, bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node24' })
  const milliseconds = Array.from({ length: FRESH_PROCESSES }, () => Number(execFileSync(process.execPath, [script], { encoding: 'utf8' })))
  rmSync(folder, { recursive: true })
  return `median ${median(milliseconds).toFixed(1)} ms, least ${Math.min(...milliseconds).toFixed(1)} ms, of ${FRESH_PROCESSES}`
}

const times = (samples: readonly Sample[]): number[] => samples.map(sample => sample.milliseconds)
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!
