import { lazy, Suspense, useMemo, useRef } from 'react'
import { useColours } from '../charts/use-colours.ts'
import { Button } from '../components/button.tsx'
import { Loading } from '../components/page.tsx'
import { useLook } from '../shell/preferences.ts'
import type { CandleChartProps, ChartHandle } from './candle-chart.tsx'
import styles from './candle-chart.module.css'
import { chartTokens, lineTokens } from './chart-colours.ts'
import { chart as m } from '#messages/market'

/** Fetched only when there are candles to draw: the library is larger than the page. */
const CandleChart = lazy(() => import('./candle-chart.tsx'))

const moves = [
  [m.older, -0.5, -0.5],
  [m.newer, 0.5, 0.5],
  [m.closer, 0.25, -0.25],
  [m.wider, -0.5, 0.5],
] as const

/** Candles, with buttons for those who do not drag. */
export const MovableChart = (props: CandleChartProps) => {
  const handle = useRef<ChartHandle>(null)
  const colours = useColours(chartTokens)
  const lineColours = useMemo(() => lineTokens.map(token => colours[token]), [colours])
  const { locale, timezone } = useLook()
  const look = [props.isDated, locale, timezone, ...Object.values(colours)].join(' ')
  return (
    <div className={styles['chart']}>
      <Suspense fallback={<Loading />}>
        <CandleChart
          key={look}
          {...props}
          colours={colours}
          lineColours={lineColours}
          locale={locale}
          timezone={timezone}
          handle={handle}
        />
      </Suspense>
      <div className={`${styles['buttons']} no-print`}>
        {moves.map(([label, start, end]) => (
          <Button key={label} kind="quiet" onClick={() => handle.current?.move(start, end)}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  )
}
