import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { batchIndicators, type Indicator, type IndicatorRequest, indicators } from '../../domain/market/indicators/index.ts'
import { type NumpyProcess, startNumpy } from './numpy-process.ts'

const BARS = 1_000_000
const WARM_UP_ROUNDS = 5
const ROUNDS = 21

/** The names and parameters of the computed indicators, in the order of the baseline's answer. */
const REQUESTED: [keyof typeof indicators, Record<string, number>][] = [
  ['sma', { period: 20 }],
  ['sma', { period: 50 }],
  ['ema', { period: 12 }],
  ['ema', { period: 26 }],
  ['rsi', { period: 14 }],
  ['macd', {}],
  ['bollinger', {}],
  ['atr', { period: 14 }],
]

const answer = z.object({ pandas: z.string().nullable(), milliseconds: z.number().optional(), last: z.array(z.number()).optional() })

/** Measures eight indicators over a million bars against the same in pandas. Rounds alternate, so that both run under the same load. */
export async function run(): Promise<void> {
  const columns = randomWalk(BARS)
  const requests = REQUESTED.map(([name, parameters]): IndicatorRequest => {
    const indicator: Indicator = indicators[name]
    return { indicator, parameters, into: Object.fromEntries(indicator.outputs.map(output => [output, new Float64Array(BARS)])) }
  })
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-bench-'))
  const file = join(folder, 'columns')
  writeFileSync(file, Buffer.concat([columns.high, columns.low, columns.close].map(column => Buffer.from(column.buffer))))
  try {
    const numpy = startNumpy('indicators_pandas.py')
    await measure(columns, requests, numpy, file)
    await numpy?.end()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measure(columns: Columns, requests: IndicatorRequest[], numpy: NumpyProcess | undefined, file: string): Promise<void> {
  const ours: number[] = []
  const theirs: number[] = []
  let baseline: z.infer<typeof answer> | undefined
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const start = performance.now()
    batchIndicators(columns, requests)
    ours.push(performance.now() - start)
    if (numpy && baseline?.pandas !== null) baseline = answer.parse(await numpy.ask({ file }))
    if (baseline?.milliseconds !== undefined) theirs.push(baseline.milliseconds)
  }
  const [measured, other] = [ours.slice(WARM_UP_ROUNDS), theirs.slice(WARM_UP_ROUNDS)]
  console.log(
    `${BARS.toLocaleString('en')} bars, SMA 20 and 50, EMA 12 and 26, RSI 14, MACD, Bollinger, ATR 14; Node ${process.versions.node}, one thread`,
  )
  console.log(`ours    ${milliseconds(measured)}, ${(BARS / median(measured) / 1000).toFixed(1)} million bars/s`)
  if (baseline?.last === undefined) {
    console.log('pandas  none, as no Python with NumPy and pandas was found: Debian has it as python3-pandas')
    return
  }
  console.log(`pandas  ${milliseconds(other)}, pandas ${baseline.pandas}, ${numpy?.version}`)
  console.log(
    `pandas time / ours: ${(median(other) / median(measured)).toFixed(2)}; last values differ by at most ${difference(requests, baseline.last)}`,
  )
}

const milliseconds = (samples: number[]): string => `${median(samples).toFixed(1)} ms (min ${Math.min(...samples).toFixed(1)})`
const median = (samples: number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1]!

/** The greatest relative difference of last values. The averages have different seeds, but no effect of that is left after a million bars. */
function difference(requests: IndicatorRequest[], expected: number[]): string {
  const last = requests.flatMap(({ indicator, into }) => indicator.outputs.map(output => into?.[output]?.at(-1) ?? Number.NaN))
  if (last.length !== expected.length) throw new Error(`${last.length} outputs against ${expected.length}`)
  return Math.max(...last.map((value, index) => Math.abs(value / expected[index]! - 1))).toExponential(1)
}

type Columns = Record<'high' | 'low' | 'close', Float64Array>

/** Prices that wander around 100, by a linear congruential generator. */
function randomWalk(length: number): Columns {
  const [high, low, close] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  let price = 100
  for (let bar = 0; bar < length; bar++) {
    const open = price
    price *= 1 + (random() - 0.5) * 0.02 + (100 - price) * 1e-5
    close[bar] = price
    high[bar] = Math.max(open, price) * (1 + random() * 0.01)
    low[bar] = Math.min(open, price) * (1 - random() * 0.01)
  }
  return { high, low, close }
}
