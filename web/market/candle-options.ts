import { type ChartOptions, ColorType, CrosshairMode, type DeepPartial, type PriceFormat, type Time } from 'lightweight-charts'
import type { Colours } from '../charts/use-colours.ts'
import type { Bar } from './use-bars.ts'

interface Reading {
  readonly locale: string
  readonly timezone: string
  readonly isDated: boolean
}

const dateOf = (time: Time): Date => {
  if (typeof time === 'number') return new Date(time * 1000)
  return typeof time === 'string' ? new Date(`${time}T00:00:00Z`) : new Date(Date.UTC(time.year, time.month - 1, time.day))
}

/** The look of the chart. The wheel scrolls the page, not the chart. */
export const chartOptions = (
  colours: Colours<'text-quiet' | 'chart-grid' | 'line'>,
  { isDated, locale, timezone }: Reading,
): DeepPartial<ChartOptions> => {
  const format = new Intl.DateTimeFormat(
    locale,
    isDated ? { dateStyle: 'medium', timeZone: 'UTC' } : { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone },
  )
  return {
    autoSize: true,
    layout: {
      attributionLogo: false,
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: colours['text-quiet'],
      fontFamily: getComputedStyle(document.body).fontFamily,
      panes: { separatorColor: colours.line },
    },
    grid: { vertLines: { color: colours['chart-grid'] }, horzLines: { color: colours['chart-grid'] } },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: { borderColor: colours.line },
    timeScale: { borderColor: colours.line, timeVisible: !isDated, rightOffset: 2 },
    localization: { locale, timeFormatter: (time: Time) => format.format(dateOf(time)) },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  }
}

/** Decimals of the axis: two for most prices, more for small ones. */
export const priceFormatOf = (bar: Bar | undefined): PriceFormat => {
  const close = Number(bar?.close ?? 1)
  const precision = close >= 1 ? 2 : close >= 0.01 ? 4 : 8
  return { type: 'price', precision, minMove: 10 ** -precision }
}
