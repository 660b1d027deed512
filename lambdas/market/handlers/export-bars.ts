import { type BarColumn, barColumns } from '../../../domain/market/index.ts'
import { serve } from '../../runtime/serve.ts'
import { presentBar } from '../present.ts'
import { type BarQuery, readBarPage } from '../read-bar-page.ts'
import { marketRoutes } from '../routes.ts'

const route = marketRoutes['export-bars']

/** A cell of RFC 4180. */
const cell = (value: string | number | object | null): string => {
  if (value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (bar: Readonly<Record<BarColumn, string | number | object | null>>): string =>
  `${barColumns.map(column => (column === 'volume' && bar.volume === null ? 'null' : cell(bar[column]))).join(',')}\n`

/** In JSON every quote and line end takes two bytes. */
const weigh = (text: string): number => Buffer.byteLength(JSON.stringify(text))

const linkTo = (query: BarQuery, cursor: string): Record<string, string> => {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, cursor })) if (value !== undefined) parameters.set(name, String(value))
  return { link: `<${route.path}?${parameters.toString()}>; rel="next"` }
}

export const handler = serve(route, async ({ query, transaction }) => {
  const timeframe = query.resample ?? query.timeframe
  const show = (symbol: string, row: Parameters<typeof presentBar>[1]) => line({ ...presentBar(symbol, row), timeframe })
  const { items, nextCursor } = await readBarPage(transaction, query, show, weigh)
  return {
    status: 200,
    body: `${barColumns.join(',')}\n${items.join('')}`,
    headers: nextCursor === null ? {} : linkTo(query, nextCursor),
  }
})
