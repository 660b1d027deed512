import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { onPrint, printedWidth } from '../charts/print.ts'
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

/** Whether a colour of words is light: they are on a dark ground then. */
const isLight = (colour: string): boolean => Number(/\d+/.exec(colour)?.[0] ?? 0) > 127

/** Candles, with buttons for those who do not drag. The library cannot draw for paper, so the paper gets what is on the screen: smaller, and light. */
export const MovableChart = (props: CandleChartProps) => {
  const handle = useRef<ChartHandle>(null)
  const drawing = useRef<HTMLDivElement>(null)
  const colours = useColours(chartTokens)
  const lineColours = useMemo(() => lineTokens.map(token => colours[token]), [colours])
  useEffect(
    () => onPrint(() => drawing.current?.style.setProperty('--printed', String(printedWidth / (handle.current?.width() ?? printedWidth)))),
    [],
  )
  const { locale, timezone } = useLook()
  const look = [props.isDated, locale, timezone, ...Object.values(colours)].join(' ')
  return (
    <div className={styles['chart']}>
      <div ref={drawing} className={`${styles['drawing']} ${isLight(colours['text-quiet']) ? styles['dark'] : ''}`}>
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
      </div>
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
