import { type Frame, type Tick, ticksFor } from '../../domain/charts/index.ts'
import { formatDate } from '../components/format.ts'
import { useLook } from '../shell/preferences.ts'
import { part } from './chart.tsx'

/** The lines of the vertical axis with their values at the left. */
export const ValueGrid = ({
  frame,
  values,
  words,
}: {
  readonly frame: Frame
  readonly values: readonly Tick[]
  readonly words: (value: number) => string
}) => (
  <>
    {values.map(({ at, value }) => (
      <g key={value}>
        <line className={part('grid')} x1={frame.left} x2={frame.width - frame.right} y1={at} y2={at} />
        <text className={part('words')} x={frame.left - 8} y={at + 4} textAnchor="end">
          {words(value)}
        </text>
      </g>
    ))}
  </>
)

/** The dates under a chart, as many as there is room for. On a phone, that is the first and the last one. */
export const DateWords = ({
  dates,
  frame: { height, left, width },
  placeOfStep,
}: {
  readonly frame: Frame
  readonly dates: readonly string[]
  readonly placeOfStep: (step: number) => number
}) => {
  const look = useLook()
  const last = dates.length - 1
  const every = Math.ceil(dates.length / ticksFor(width - left, 130))
  const isNamed = (step: number) => (width < 480 ? step === 0 || step === last : step % every === 0)
  return (
    <>
      {dates.map(
        (date, step) =>
          isNamed(step) && (
            <text
              key={date}
              className={part('words')}
              x={placeOfStep(step)}
              y={height - 8}
              textAnchor={step === 0 ? 'start' : placeOfStep(step) > width - 50 ? 'end' : 'middle'}
            >
              {formatDate(date, look)}
            </text>
          ),
      )}
    </>
  )
}
