import { useMemo, useState } from 'react'
import { Legend } from '../charts/chart.tsx'
import { Button } from '../components/button.tsx'
import { download } from '../components/download.ts'
import { DateField, SelectField } from '../components/field.tsx'
import { filterField, Filters } from '../components/filters.tsx'
import { formatDate, formatInstant, formatNumber } from '../components/format.ts'
import { EmptyState, Loading, Section } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { useAddress } from '../shell/use-address.ts'
import { BarTable } from './bar-table.tsx'
import type { Mark } from './candle-chart.tsx'
import styles from './candle-chart.module.css'
import { lineColour } from './chart-colours.ts'
import { readBarsAsCsv } from './export-csv.ts'
import { IndicatorPicker } from './indicator-picker.tsx'
import { type Chosen, readChosen, writeChosen } from './indicator-shapes.ts'
import { MovableChart } from './movable-chart.tsx'
import { type Adjustment, type Instrument, isDated, shownSeries, type Timeframe, timeframesOf } from './timeframes.ts'
import { type Bar, useBars } from './use-bars.ts'
import { useIndicators } from './use-indicators.ts'
import { adjustments, chart as m, timeframeNames } from '#messages/market'
import { chart as chartWords, problem } from '#messages/shell'

const noBars: readonly Bar[] = []
const nextDay = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** The chart of an instrument that has bars, with what it shows in the address. */
export const PriceView = ({ instrument, marks }: { readonly instrument: Instrument; readonly marks: readonly Mark[] }) => {
  const look = useLook()
  const { read, write } = useAddress()
  const [asTable, setAsTable] = useState(false)
  const [busy, setBusy] = useState(false)
  const { name, series, symbol } = instrument
  const timeframes = timeframesOf(series)
  const asked = timeframes.find(each => each === read('bars'))
  const timeframe: Timeframe = asked ?? (timeframes.includes('1d') ? '1d' : timeframes[0]!)
  const shown = shownSeries(series, timeframe)!
  const adjustment: Adjustment = (Object.keys(adjustments) as Adjustment[]).find(each => each === read('adjustment')) ?? 'none'
  const [from, until] = [read('from'), read('until')]
  const {
    bars = noBars,
    error,
    isFetching,
    loadedFrom,
    loadOlder,
    retry,
  } = useBars({
    symbol,
    shown,
    adjustment,
    from: from === '' ? undefined : from,
  })
  const text = shown.resample === undefined ? read('indicators') : ''
  const chosen = useMemo(() => readChosen(text), [text])
  const { error: lineError, lines } = useIndicators({ symbol, timeframe: shown.stored, adjustment, chosen, from: loadedFrom })
  const dated = isDated(timeframe)
  const inRange = bars.filter(({ time }) => (from === '' || time.slice(0, 10) >= from) && (until === '' || time.slice(0, 10) <= until))
  const when = (time: string) => (dated ? formatDate(time, look) : formatInstant(time, look))
  const price = (figure: string | number) => formatNumber(figure, look, 8)
  const [first, last] = [inRange[0], inRange.at(-1)]
  const summary =
    first && last
      ? m.summary(
          name,
          formatNumber(inRange.length, look),
          when(first.time),
          when(last.time),
          price(inRange.reduce((low, bar) => Math.min(low, Number(bar.low)), Number.POSITIVE_INFINITY)),
          price(inRange.reduce((high, bar) => Math.max(high, Number(bar.high)), 0)),
          price(last.close),
        )
      : m.noBars
  const save = async () => {
    setBusy(true)
    try {
      const { resample, stored } = shown
      const csv = await readBarsAsCsv({
        symbols: symbol,
        timeframe: stored,
        adjustment,
        ...(resample ? { resample } : {}),
        ...(from === '' ? {} : { from }),
        ...(until === '' ? {} : { until: nextDay(until) }),
      })
      download(`${symbol}-${timeframe}.csv`, csv, 'text/csv')
    } catch (failure) {
      showToast({ kind: 'bad', text: problem.title, error: failure, retry: () => void save() })
    } finally {
      setBusy(false)
    }
  }
  const field = (key: string, value: string) => filterField(key, value, next => write({ [key]: next }))
  return (
    <Section
      title={m.title}
      lead={first && last ? summary : undefined}
      actions={
        <>
          <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? chartWords.asChart : chartWords.asTable}
          </Button>
          <Button busy={busy} onClick={() => void save()}>
            {m.csv}
          </Button>
        </>
      }
    >
      <Filters>
        <SelectField {...field('bars', timeframe)} label={m.bars} options={timeframes.map(each => [each, timeframeNames[each]] as const)} />
        <SelectField
          {...field('adjustment', adjustment)}
          label={m.adjustment}
          help={m.adjustmentHelp}
          options={Object.entries(adjustments)}
        />
        <DateField {...field('from', from)} label={m.from} />
        <DateField {...field('until', until)} label={m.until} />
      </Filters>
      {shown.resample === undefined ? (
        <IndicatorPicker chosen={chosen} onChange={(next: readonly Chosen[]) => write({ indicators: writeChosen(next) })} />
      ) : (
        <p className={styles['notice']}>{m.noIndicators}</p>
      )}
      {lineError && <Failure error={lineError} />}
      {error && <Failure error={error} retry={retry} />}
      {!error && bars.length === 0 && (isFetching ? <Loading /> : <EmptyState title={m.noBars}>{m.noBarsLead}</EmptyState>)}
      {bars.length > 0 && asTable && (
        <>
          <BarTable bars={inRange} lines={lines} isDated={dated} caption={summary} />
          {from === '' && loadOlder && (
            <p>
              <Button onClick={loadOlder}>{m.older}</Button>
            </p>
          )}
        </>
      )}
      {bars.length > 0 && !asTable && (
        <MovableChart
          summary={summary}
          bars={bars}
          lines={lines}
          marks={marks}
          isDated={dated}
          from={from}
          until={until}
          onOlder={loadOlder}
        />
      )}
      {!asTable && lines.length > 0 && <Legend lines names={lines.map(({ label }) => label)} colourOf={lineColour} />}
      <p className={styles['notice']}>
        {m.notice} <a href="https://www.tradingview.com/">{m.noticeLink}</a>
      </p>
    </Section>
  )
}
