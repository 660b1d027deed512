import type { ApiItem, ApiRequest } from '../../lambdas/api-types.ts'
import { formatNumber } from '../components/format.ts'
import { parsePercent, percentOf } from '../components/parse-figure.ts'
import type { Look } from '../shell/preferences.ts'
import { form as words } from '#messages/shell'

export type Benchmark = ApiItem<'GET /v1/market/benchmarks'>
export type BenchmarkBody = ApiRequest<'PUT /v1/market/benchmarks/{symbol}'>['body']

/** The page that changes a benchmark. A symbol may have signs that mean something in an address. */
export const benchmarkPath = (symbol: string): string => `/market/benchmarks/${encodeURIComponent(symbol)}`

/** The fields of the form. The composition is one text: a line for each instrument, with its symbol and its weight in percent. */
export type BenchmarkValues = Readonly<
  Record<'symbol' | 'name' | 'description' | 'benchmarkType' | 'category' | 'currency' | 'composition', string>
> & { readonly isActive: boolean }

export interface PartRow {
  readonly symbol: string
  readonly weight: string
}

export const rowsOf = (composition: string): readonly PartRow[] =>
  composition === ''
    ? []
    : composition.split('\n').map(line => {
        const [, symbol = '', weight = ''] = /^(\S*) (.*)$/.exec(line) ?? []
        return { symbol, weight }
      })

export const textOf = (rows: readonly PartRow[]): string =>
  rows.map(({ symbol, weight }) => `${symbol.replaceAll(/\s/g, '').toUpperCase()} ${weight}`).join('\n')

const percentText = (fraction: string, look: Look): string => formatNumber(percentOf(fraction), look, 4)

export const valuesOf = (benchmark: Benchmark, look: Look): BenchmarkValues => ({
  symbol: benchmark.symbol,
  name: benchmark.name,
  description: benchmark.description ?? '',
  benchmarkType: benchmark.benchmarkType,
  category: benchmark.category,
  currency: benchmark.currency,
  composition: textOf(benchmark.composition.map(({ symbol, weight }) => ({ symbol, weight: percentText(weight, look) }))),
  isActive: benchmark.isActive,
})

export const checkBenchmark = ({ composition, symbol }: BenchmarkValues, { locale }: Look): Readonly<Record<string, string>> => ({
  ...(symbol.trim() === '' ? { symbol: words.required } : {}),
  ...(rowsOf(composition).every(({ weight }) => parsePercent(weight, locale) !== undefined) ? {} : { composition: words.notPercent }),
})

/** The sum of the weights as a fraction, to show it. */
export const sumOf = (composition: string, { locale }: Look): number =>
  rowsOf(composition).reduce((sum, { weight }) => sum + Number(parsePercent(weight, locale) ?? 0), 0)

export const bodyOf = (values: BenchmarkValues, { locale }: Look): BenchmarkBody => ({
  name: values.name.trim(),
  description: values.description.trim() === '' ? null : values.description.trim(),
  benchmarkType: values.benchmarkType as BenchmarkBody['benchmarkType'],
  category: values.category.trim(),
  currency: values.currency.trim().toUpperCase(),
  composition: rowsOf(values.composition).map(({ symbol, weight }) => ({ symbol, weight: parsePercent(weight, locale) ?? '' })),
  isActive: values.isActive,
})

/** The field of an error of the server. */
export const fieldOf = (path: string): string => {
  const name = path.replace(/^(body|path|params)\./, '')
  return name.startsWith('composition') ? 'composition' : name
}
