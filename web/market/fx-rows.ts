import type { ApiRequest } from '../../lambdas/api-types.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { fxLoad as m } from '#messages/market-forms'

/** The most rates of one request. */
export const mostRates = 5000

export interface RateRow {
  readonly date: string
  readonly rate: string
}
type Item = ApiRequest<'POST /v1/market/fx-rates'>['body']['items'][number]

export interface RateCheck {
  readonly rows: readonly RateRow[]
  /** One sentence for each faulty line. */
  readonly faults: readonly string[]
}

/** Whether the calendar has the day: a browser reads June 31 as July 1. */
const isDate = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** A rate with a point. A comma is one where something else divides the columns. */
const rateOf = (text: string, separator: string): string | undefined => {
  const rate = separator === ',' ? text : text.replace(',', '.')
  return /^\d{1,10}(\.\d{1,10})?$/.test(rate) && Number(rate) > 0 ? rate : undefined
}

/** Reads lines of dates and rates, with a comma, a semicolon, a tab or spaces between them. The first line may name the columns. */
export const readRates = (text: string): RateCheck => {
  const faults: string[] = []
  const rates = new Map<string, string>()
  const lines = text.split(/\r\n|\r|\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || (index === 0 && !/\d/.test(line))) continue
    const separator = [';', '\t', ','].find(each => line.includes(each)) ?? ' '
    const [date = '', written = ''] = line
      .trim()
      .split(separator)
      .map(part => part.trim().replaceAll('"', ''))
    const rate = rateOf(written, separator)
    if (!isDate(date)) faults.push(m.line(index + 1, m.noDate))
    else if (rate === undefined) faults.push(m.line(index + 1, m.noRate))
    else if (rates.has(date)) faults.push(m.line(index + 1, m.twice(date)))
    else rates.set(date, rate)
  }
  const rows = [...rates].map(([date, rate]) => ({ date, rate })).toSorted((left, right) => left.date.localeCompare(right.date))
  return { rows, faults }
}

/** The stored rates of a pair between two days, by day. */
export const storedRates = async (base: string, quote: string, from: string, to: string): Promise<ReadonlyMap<string, string>> => {
  const rates = new Map<string, string>()
  let cursor: string | null = null
  do {
    const query: { base: string; quote: string; from: string; to: string; limit: string; cursor?: string } = {
      base,
      quote,
      from,
      to,
      limit: String(mostRates),
      ...(cursor === null ? {} : { cursor }),
    }
    const page: { items: readonly RateRow[]; nextCursor: string | null } = await api('GET /v1/market/fx-rates', { query })
    for (const { date, rate } of page.items) rates.set(date, rate)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rates
}

export const storeRates = async (items: readonly Item[]): Promise<number> => {
  const { stored } = await api('POST /v1/market/fx-rates', { body: { items: [...items] } })
  await refreshQueries('GET /v1/market/fx-rates')
  return stored
}
