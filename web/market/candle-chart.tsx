import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type SeriesType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Colours } from '../charts/use-colours.ts'
import { chartOptions, priceFormatOf } from './candle-options.ts'
import type { chartTokens } from './chart-colours.ts'
import type { Bar } from './use-bars.ts'
import type { IndicatorLine } from './use-indicators.ts'

/** Something that happened on a day, such as a split. */
export interface Mark {
  readonly date: string
  readonly text: string
}

export interface CandleChartProps {
  /** What a person who cannot see the shapes reads. */
  readonly summary: string
  readonly bars: readonly Bar[]
  readonly lines: readonly IndicatorLine[]
  readonly marks: readonly Mark[]
  readonly isDated: boolean
  /** Days that are brought into view; empty for the newest. */
  readonly from: string
  readonly until: string
  /** Reads older bars, when the person has scrolled back to the first. */
  readonly onOlder: (() => void) | undefined
}

export interface ChartHandle {
  /** Pixels that are drawn on. */
  width(): number
  /** Moves the beginning and the end of the view by shares of its width. Positive is later. */
  move(start: number, end: number): void
}

/** What the chart is drawn with. The chart keeps it: a change needs another `key`. It imports nothing of the page, so that its file holds the library only. */
interface Drawing {
  readonly colours: Colours<(typeof chartTokens)[number]>
  /** The colours of lines, in turn. */
  readonly lineColours: readonly string[]
  readonly locale: string
  readonly timezone: string
  readonly handle: Ref<ChartHandle>
}

/** Bars that are left of the view when older ones are read. */
const nearTheFirst = 30
const paneHeight = 130
const mainHeight = 400

interface Drawn {
  readonly chart: IChartApi
  readonly candles: ISeriesApi<'Candlestick'>
  readonly volume: ISeriesApi<'Histogram'>
}

const timeOf = (instant: string, isDated: boolean): Time =>
  isDated ? instant.slice(0, 10) : ((Date.parse(instant) / 1000) as UTCTimestamp)

/** Candles with volume, lines over them and below them. It can be dragged, and moved by its handle. */
const CandleChart = ({
  bars,
  colours,
  from,
  handle,
  isDated,
  lineColours,
  lines,
  locale,
  marks,
  onOlder,
  summary,
  timezone,
  until,
}: CandleChartProps & Drawing) => {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawn>(undefined)
  const older = useRef(onOlder)
  useEffect(() => {
    older.current = onOlder
  }, [onOlder])

  useEffect(() => {
    const chart = createChart(place.current!, chartOptions(colours, { locale, timezone, isDated }))
    const candles = chart.addSeries(CandlestickSeries, {
      upColor: 'transparent',
      downColor: colours['chart-2'],
      borderUpColor: colours['chart-1'],
      borderDownColor: colours['chart-2'],
      wickUpColor: colours['chart-1'],
      wickDownColor: colours['chart-2'],
    })
    const volume = chart.addSeries(HistogramSeries, {
      priceScaleId: '',
      priceFormat: { type: 'volume' },
      color: colours['line'],
      lastValueVisible: false,
      priceLineVisible: false,
    })
    volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
    chart.timeScale().subscribeVisibleLogicalRangeChange(range => {
      if (range && range.from < nearTheFirst) older.current?.()
    })
    drawn.current = { chart, candles, volume }
    return () => {
      drawn.current = undefined
      chart.remove()
    }
  }, [colours, isDated, locale, timezone])

  useEffect(() => {
    if (!drawn.current) return undefined
    const { candles, chart, volume } = drawn.current
    candles.applyOptions({ priceFormat: priceFormatOf(bars.at(-1)) })
    candles.setData(
      bars.map(({ close, high, low, open, time }) => ({
        time: timeOf(time, isDated),
        open: Number(open),
        high: Number(high),
        low: Number(low),
        close: Number(close),
      })),
    )
    volume.setData(bars.filter(bar => bar.volume !== null).map(bar => ({ time: timeOf(bar.time, isDated), value: Number(bar.volume) })))
    const markers = createSeriesMarkers<Time>(
      candles,
      marks.flatMap(({ date, text }) => {
        const bar = bars.find(({ time }) => time.slice(0, 10) >= date)
        return bar === undefined || bars[0]!.time.slice(0, 10) > date
          ? []
          : [{ time: timeOf(bar.time, isDated), position: 'aboveBar', shape: 'arrowDown', color: colours['text-quiet'], text }]
      }),
    )
    const [first, last] = [bars[0], bars.at(-1)]
    if (first && last && (from !== '' || until !== ''))
      chart.timeScale().setVisibleRange({
        from: timeOf(from !== '' && from > first.time ? from : first.time, isDated),
        to: timeOf(until !== '' && until < last.time ? until : last.time, isDated),
      })
    // The chart itself may be gone by then.
    return () => {
      if (drawn.current?.chart === chart) markers.detach()
    }
  }, [bars, colours, from, isDated, marks, until])

  useEffect(() => {
    if (!drawn.current) return undefined
    const { chart } = drawn.current
    const added = lines.map(({ isHistogram, pane, points }, index): ISeriesApi<SeriesType> => {
      const color = lineColours[index % lineColours.length]!
      const series = isHistogram
        ? chart.addSeries(HistogramSeries, { color, priceLineVisible: false }, pane)
        : chart.addSeries(
            LineSeries,
            { color, lineWidth: 2, priceLineVisible: false, lastValueVisible: pane > 0, crosshairMarkerVisible: false },
            pane,
          )
      series.setData(
        points.map(({ time, value }) => (value === null ? { time: timeOf(time, isDated) } : { time: timeOf(time, isDated), value })),
      )
      return series
    })
    for (const pane of chart.panes()) pane.setStretchFactor(pane.paneIndex() === 0 ? mainHeight : paneHeight)
    return () => {
      if (drawn.current?.chart === chart) for (const series of added.toReversed()) chart.removeSeries(series)
    }
  }, [isDated, lineColours, lines])

  useImperativeHandle(handle, () => ({
    width: () => {
      const chart = drawn.current?.chart
      return chart ? chart.timeScale().width() + chart.priceScale('right').width() : 0
    },
    move: (start, end) => {
      const scale = drawn.current?.chart.timeScale()
      const range = scale?.getVisibleLogicalRange()
      if (!range) return
      const width = range.to - range.from
      scale?.setVisibleLogicalRange({ from: range.from + start * width, to: range.to + end * width })
    },
  }))
  const panes = Math.max(0, ...lines.map(({ pane }) => pane))
  return <div ref={place} role="img" aria-label={summary} style={{ height: mainHeight + panes * paneHeight }} />
}

export default CandleChart
