import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, keyOf } from '../shell/api.ts'
import { type Chosen, drawnOutputs, isOverlay, labelOf, writeChosen } from './indicator-shapes.ts'
import type { Adjustment, Timeframe } from './timeframes.ts'

/** A line of an indicator: a value for each time, null where there is none. */
export interface IndicatorLine {
  readonly key: string
  readonly label: string
  /** The pane below the candles, from 1; 0 for a line over the candles. */
  readonly pane: number
  readonly isHistogram: boolean
  readonly points: readonly { readonly time: string; readonly value: number | null }[]
}

interface Wanted {
  readonly symbol: string
  readonly timeframe: Timeframe
  readonly adjustment: Adjustment
  readonly chosen: readonly Chosen[]
  readonly from: string | undefined
}

type Point = IndicatorLine['points'][number]

/** The lines of an indicator. One with a scale of its own gets a pane. */
const linesOf = (one: Chosen, place: number, pane: number, byOutput: ReadonlyMap<string, readonly Point[]>): IndicatorLine[] =>
  [...byOutput].map(([output, points]) => ({
    key: `${place} ${one.name} ${output}`,
    label: labelOf(one, output, [...byOutput.keys()]),
    pane,
    isHistogram: output === 'histogram',
    points,
  }))

const readLines = async ({ adjustment, chosen, from, symbol, timeframe }: Wanted, signal: AbortSignal): Promise<IndicatorLine[]> => {
  const found = chosen.map(one => ({ one, byOutput: new Map<string, Point[]>() }))
  const query = { timeframe, adjustment, indicators: writeChosen(chosen), limit: 10_000, ...(from === undefined ? {} : { from }) }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await api('GET /v1/market/instruments/{symbol}/indicators', {
      params: { symbol },
      query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
      signal,
    })
    for (const [place, { name, values }] of page.indicators.entries())
      for (const output of drawnOutputs(name, Object.keys(values))) {
        const points = page.times.map((time, index) => ({ time, value: values[output]?.[index] ?? null }))
        const { byOutput } = found[place]!
        byOutput.set(output, [...(byOutput.get(output) ?? []), ...points])
      }
    cursor = page.nextCursor
  }
  let panes = 0
  return found.flatMap(({ byOutput, one }, place) => linesOf(one, place, isOverlay(one.name) ? 0 : ++panes, byOutput))
}

const none: readonly IndicatorLine[] = []

/** The lines of the chosen indicators, from a moment to the newest bar. */
export const useIndicators = (wanted: Wanted): { readonly lines: readonly IndicatorLine[]; readonly error: Error | null } => {
  const enabled = wanted.chosen.length > 0 && wanted.from !== undefined
  const { data, error } = useQuery({
    queryKey: keyOf('GET /v1/market/instruments/{symbol}/indicators', wanted),
    queryFn: ({ signal }) => readLines(wanted, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  })
  return enabled ? { lines: data ?? none, error } : { lines: none, error: null }
}
