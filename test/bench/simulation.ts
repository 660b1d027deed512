import * as z from 'zod'
import { type SimulationSpec, simulate } from '../../domain/planning/simulation/index.ts'
import { SIX_ASSETS } from '../domain/planning/simulation/specs.ts'
import { startNumpy } from './numpy-process.ts'

const YEARS = 40
const WARM_UP_ROUNDS = 3
const WORKLOADS = [
  { name: '10,000 paths x 40 years, 6 assets, annual', stepsPerYear: 1, rounds: 21 },
  { name: '10,000 paths x 480 months, 6 assets', stepsPerYear: 12, rounds: 7 },
] as const

const answer = z.object({ milliseconds: z.number(), success: z.number(), realMean: z.number() })

interface Sample {
  milliseconds: number
  success: number
  realMean: number
}

/** Times whole simulations, validation to quantiles, against NumPy doing the same, in rounds by turns so that both see the same machine. */
export async function run(): Promise<void> {
  const numpy = startNumpy('simulation_numpy.py')
  console.log(
    `Node ${process.versions.node}, plain TypeScript, one thread; baseline: ${numpy?.version ?? 'none, as no Python with NumPy was found'}`,
  )
  const rows: Record<string, Record<string, string>> = {}
  for (const { name, stepsPerYear, rounds } of WORKLOADS) {
    const spec = workload(stepsPerYear)
    const ours: Sample[] = []
    const theirs: Sample[] = []
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      ours.push(timed(spec))
      if (numpy) theirs.push(answer.parse(await numpy.ask(spec)))
    }
    rows[name] = summary(ours.slice(WARM_UP_ROUNDS), theirs.slice(WARM_UP_ROUNDS))
  }
  await numpy?.end()
  console.table(rows)
}

function timed(spec: SimulationSpec): Sample {
  const start = performance.now()
  const { success, endingWealth } = simulate(spec)
  return { milliseconds: performance.now() - start, success: success.probability, realMean: endingWealth.real.mean }
}

function summary(ours: Sample[], theirs: Sample[]): Record<string, string> {
  const row = { 'ours ms': milliseconds(ours), success: ours[0]!.success.toFixed(4), 'real mean': ours[0]!.realMean.toFixed(0) }
  if (theirs.length === 0) return row
  return {
    ...row,
    'NumPy ms': milliseconds(theirs),
    'NumPy time / ours': `${(median(theirs) / median(ours)).toFixed(2)} (${(minimum(theirs) / minimum(ours)).toFixed(2)})`,
    'NumPy success': theirs[0]!.success.toFixed(4),
    'NumPy real mean': theirs[0]!.realMean.toFixed(0),
  }
}

const milliseconds = (samples: Sample[]): string => `${median(samples).toFixed(1)} (min ${minimum(samples).toFixed(1)})`
const minimum = (samples: Sample[]): number => Math.min(...samples.map(sample => sample.milliseconds))
const median = (samples: Sample[]): number => samples.map(sample => sample.milliseconds).toSorted((a, b) => a - b)[samples.length >> 1]!

/** 200,000 to start with, 20,000 a year saved for 15 years, then 26,000 a year of today's money withdrawn for 25. */
function workload(stepsPerYear: 1 | 12): SimulationSpec {
  return {
    years: YEARS,
    stepsPerYear,
    paths: 10_000,
    seed: '20260101',
    openingBalance: 200_000,
    realFlows: Array.from({ length: YEARS }, (_, year) => (year < 15 ? 20_000 : -26_000)),
    nominalFlows: Array.from({ length: YEARS }, () => 0),
    flowTiming: 'begin',
    returns: SIX_ASSETS,
    percentiles: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95],
  }
}
