import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { referenceFolder } from './simulation-data.ts'

const flows = z.array(z.tuple([z.string(), z.number()]))
const xirrFile = z.object({
  excel_documentation_example: z.object({ flows, expected: z.number() }),
  excel_cross_checks: z.array(z.object({ id: z.string(), flows, expected: z.number(), recomputed_here: z.array(z.number()) })),
  cases: z.array(
    z.object({ id: z.string(), flows, expected_xirr: z.number().nullable(), alternate_root_noted_upstream: z.coerce.number().nullable() }),
  ),
  ttwror_excel_sample: z.object({
    days: z.array(
      z.object({ date: z.string(), inbound: z.number(), outbound: z.number(), v_end: z.number(), r: z.number(), accumulated: z.number() }),
    ),
    expected_final_ttwror: z.number(),
  }),
})

const read = <T extends z.ZodType>(file: string, schema: T): z.infer<T> =>
  schema.parse(JSON.parse(readFileSync(`${referenceFolder}/expected/${file}`, 'utf8')))

/** Published rates of dated cash flows, and daily time-weighted returns. */
export const publishedReturns = () => read('xirr_twr_visible.json', xirrFile)

/** A number, a named series, or values. */
const argument = z.union([z.number(), z.object({ $series: z.string() }), z.object({ values: z.array(z.number().nullable()) })])
const metricsFile = z.object({
  series: z.record(z.string(), z.object({ values: z.array(z.number().nullable()) })),
  functions: z.record(z.string(), z.object({ cases: z.array(z.record(z.string(), z.unknown())) })),
  value_at_risk_cases: z.array(z.object({ returns: z.array(z.number()), cutoff: z.number(), expected: z.number() })),
  cvar_cases_generated_with_library: z.array(
    z.object({ returns: z.array(z.number()), cutoff: z.number(), expected_var: z.number(), expected_cvar: z.number() }),
  ),
})

/** Published metrics of risk. */
export const publishedMetrics = () => read('metrics_empyrical_vectors.json', metricsFile)

const NO_SERIES = new Float64Array(0)

export interface MetricCase {
  readonly returns: Float64Array
  /** A number or a series, NaN where a value is missing. */
  readonly of: (name: string) => Float64Array
  readonly number: (name: string) => number | Float64Array
  readonly perYear: number
  /** Null for what the library gives as not a number or as infinite. */
  readonly expected: readonly (number | null)[]
  readonly tolerance: number
}

const perYear: Record<string, number> = { daily: 252, weekly: 52, monthly: 12, yearly: 1 }

/** The published cases of a metric over one series of returns. Cases over tables of several series are left out. */
export const casesOf = (metric: string): MetricCase[] => {
  const { functions, series } = publishedMetrics()
  const numbers = (values: readonly (number | null)[]): Float64Array => Float64Array.from(values, value => value ?? Number.NaN)
  return functions[metric]!.cases.flatMap((one): MetricCase[] => {
    const frame = z.object({ frame: z.record(z.string(), z.array(z.number())) })
    const valueOf = (name: string): number | Float64Array => {
      const framed = frame.safeParse(one[name])
      if (framed.success) return numbers(Object.values(framed.data.frame)[0]!)
      const value = argument.parse(one[name] ?? 0)
      if (typeof value === 'number') return value
      return '$series' in value ? numbers(series[value.$series]!.values) : numbers(value.values)
    }
    if (frame.safeParse(one['returns']).success) return []
    const returns = valueOf('returns') as Float64Array
    // A benchmark that begins later has no return for the first periods.
    const aligned = (name: string): Float64Array => {
      const value = valueOf(name)
      if (typeof value === 'number') return returns.map(() => value)
      const missing = returns.length - value.length
      return missing > 0 && value.length > 0 ? Float64Array.of(...new Float64Array(missing).fill(Number.NaN), ...value) : value
    }
    const expected = z.array(z.unknown()).parse(Array.isArray(one['expected']) ? one['expected'] : [one['expected']])
    const places = one['decimal_places']
    return [
      {
        returns,
        of: name => (one[name] === undefined ? NO_SERIES : aligned(name)),
        number: valueOf,
        perYear: perYear[z.string().parse(one['period'] ?? 'daily')]!,
        expected: expected.map(value => (typeof value === 'number' ? value : null)),
        tolerance: typeof places === 'number' ? 10 ** -places : 1e-8,
      },
    ]
  })
}

const positionsFile = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      activities: z.array(z.tuple([z.string(), z.string(), z.number(), z.number(), z.number()])),
      as_of: z.string().optional(),
      market_price: z.number().optional(),
      expected: z.object({
        gross: z.number().optional(),
        gross_pct: z.number().optional(),
        net: z.number().optional(),
        net_pct: z.number().optional(),
        investment: z.number().optional(),
        dividend: z.number().optional(),
      }),
    }),
  ),
})

/** Published gains of positions. */
export const publishedPositions = () => read('positions_ghostfolio_visible.json', positionsFile).cases
