import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { referenceFolder } from './simulation-data.ts'

export interface Bars {
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  session: Float64Array
}

/** Numbers by column, NaN for an empty cell; the first column holds dates and is left out. */
export function table(file: string): Record<string, Float64Array> {
  const [header, ...rows] = z.array(z.array(z.string())).parse(parse(readFileSync(`${referenceFolder}/${file}`, 'utf8')))
  const number = (cell: string): number => (cell === '' ? Number.NaN : Number(cell))
  return Object.fromEntries(
    header!.slice(1).map((name, index) => [name.toLowerCase(), Float64Array.from(rows, row => number(row[index + 1]!))]),
  )
}

/** A price series in which each day is a session. */
export function bars(file: string): Bars {
  const [, ...rows] = z.array(z.array(z.string())).parse(parse(readFileSync(`${referenceFolder}/${file}`, 'utf8')))
  const { open, high, low, close, volume } = table(file)
  const session = Float64Array.from(rows, ([time]) => Math.floor(Date.parse(time!) / 86_400_000))
  return { open: open!, high: high!, low: low!, close: close!, volume: volume!, session }
}

const cases = z.object({
  indicators: z.record(z.string(), z.object({ definition: z.string(), values: z.record(z.string(), z.array(z.number().nullable())) })),
})

/** Published values of indicators over ohlcv_spy_2017_2018_skender_default.csv, by indicator and output, null if there is no value. */
export const publishedIndicators = (): z.infer<typeof cases>['indicators'] =>
  cases.parse(JSON.parse(readFileSync(`${referenceFolder}/expected/indicators_skender_visible.json`, 'utf8'))).indicators
