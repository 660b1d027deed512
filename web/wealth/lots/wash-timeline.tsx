import { dayLine } from '../../../domain/charts/index.ts'
import { Chart, part } from '../../charts/chart.tsx'
import { formatDate } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import { daysBetween, type NameOf, type WashSale } from './lot-data.ts'
import { dollarWords, shareWords } from './lot-figures.tsx'
import styles from './lots.module.css'
import { wash as m } from '#messages/lots'

interface TimelineProps {
  readonly washSale: WashSale
  readonly title: string
  /** The calendar date of the household. */
  readonly today: string
}

/** Pixels of a mark with its number, and between two levels of marks. */
const size = 20
const step = 26

/** The same mark as in the drawing: a circle for a loss in the basis, a filled square for one that is lost. */
const Mark = ({ isLost, x, y }: { readonly isLost: boolean; readonly x: number; readonly y: number }) =>
  isLost ? (
    <rect className={styles['lost']} x={x - size / 2} y={y - size / 2} width={size} height={size} />
  ) : (
    <circle className={styles['basis']} cx={x} cy={y} r={size / 2} />
  )

interface Span {
  readonly from: string
  readonly to: string
}

/** Days that are missing in any account, each once: stripes that lie on each other cannot be read. */
const spansOf = (gaps: readonly Span[]): readonly Span[] =>
  gaps
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .reduce<readonly Span[]>((spans, { from, to }) => {
      const last = spans.at(-1)
      if (!last || from > last.to) return [...spans, { from, to }]
      return [...spans.slice(0, -1), { from: last.from, to: to > last.to ? to : last.to }]
    }, [])

const Drawing = ({ title, today, washSale, width }: TimelineProps & { readonly width: number }) => {
  const look = useLook()
  const { gaps, loss, replacements, window } = washSale
  const reach = daysBetween(loss.closedOn, window.to)
  const frame = { width, left: size, right: size }
  const { levelCount, levels, place } = dayLine(
    replacements.map(({ daysFromSale }) => daysFromSale),
    reach,
    frame,
    size + 4,
  )
  const line = size + step * Math.max(1, levelCount) + 8
  const placeOf = (date: string) => place(Math.max(-reach, Math.min(reach, daysBetween(loss.closedOn, date))))
  const ends = [
    { date: window.from, anchor: 'start', x: 0 },
    { date: loss.closedOn, anchor: 'middle', x: place(0) },
    { date: window.to, anchor: 'end', x: width },
  ] as const
  return (
    <svg width={width} height={line + 62} viewBox={`0 0 ${width} ${line + 62}`} role="img" aria-label={title}>
      {spansOf(gaps).map(({ from, to }) => (
        <line
          key={from}
          className={styles['gap']}
          x1={placeOf(from)}
          x2={Math.max(placeOf(to), placeOf(from) + 4)}
          y1={line + 10}
          y2={line + 10}
        />
      ))}
      <line className={styles['line']} x1={place(-reach)} x2={place(reach)} y1={line} y2={line} />
      {[-30, -20, -10, 10, 20, 30].map(day => (
        <line key={day} className={styles['line']} x1={place(day)} x2={place(day)} y1={line - 4} y2={line + 4} />
      ))}
      {today < window.to && today > loss.closedOn && (
        <>
          <line className={part('marker')} x1={placeOf(today)} x2={placeOf(today)} y1={14} y2={line} />
          <text className={part('words')} x={placeOf(today)} y={11} textAnchor={daysBetween(today, window.to) < 4 ? 'end' : 'middle'}>
            {m.today}
          </text>
        </>
      )}
      {replacements.map(({ daysFromSale, isLost, transactionId }, index) => {
        const [x, y] = [place(daysFromSale), line - step * (levels[index]! + 1) + 4]
        return (
          <g key={`${transactionId} ${levels[index]}`}>
            <line className={styles['stem']} x1={x} x2={x} y1={y} y2={line} />
            <Mark isLost={isLost} x={x} y={y} />
            <text className={styles['number']} x={x} y={y + 4} textAnchor="middle">
              {index + 1}
            </text>
          </g>
        )
      })}
      <path className={styles['sale']} d={`M${place(0)},${line - 9}l9,9l-9,9l-9,-9z`} />
      <text className={styles['strong']} x={place(0)} y={line + 30} textAnchor="middle">
        {m.sale}
      </text>
      {ends.map(({ anchor, date, x }) => (
        <text key={date} className={part('words')} x={x} y={line + 48} textAnchor={anchor}>
          {formatDate(date, look)}
        </text>
      ))}
    </svg>
  )
}

const Key = ({ hasGaps, hasMarks }: { readonly hasGaps: boolean; readonly hasMarks: boolean }) => (
  <ul className={styles['legend']}>
    {(hasMarks ? [false, true] : []).map(isLost => (
      <li key={String(isLost)}>
        <svg width={24} height={24} aria-hidden="true">
          <Mark isLost={isLost} x={12} y={12} />
        </svg>
        {isLost ? m.legend.lost : m.legend.basis}
      </li>
    ))}
    {hasGaps && (
      <li>
        <svg width={24} height={24} aria-hidden="true">
          <line className={styles['gap']} x1={0} x2={24} y1={12} y2={12} />
        </svg>
        {m.legend.gap}
      </li>
    )}
  </ul>
)

/** The 61 days around a sale at a loss, with the sale in the middle and each replacement at its day. The marks differ in shape and number. */
export const WashTimeline = (props: TimelineProps & { readonly nameOf: NameOf }) => {
  const look = useLook()
  const { nameOf, title, washSale } = props
  const { gaps, loss, replacements, window } = washSale
  const summary =
    replacements.length === 0
      ? m.noReplacement(formatDate(window.from, look), formatDate(window.to, look))
      : m.replaced(replacements.length, String(replacements.length), dollarWords(loss.disallowedLoss, look))
  const { account, date, days, disallowed, fate, place, shares, symbol } = m.table
  const disallowedColumn = 6
  return (
    <Chart
      title={title}
      summary={summary}
      legend={replacements.length > 0 || gaps.length > 0 ? <Key hasGaps={gaps.length > 0} hasMarks={replacements.length > 0} /> : undefined}
      table={{
        header: [place, date, days, account, symbol, shares, disallowed, fate],
        rows: [
          [m.sale, loss.closedOn, 0, nameOf(loss.accountId), loss.symbol, loss.quantity, null, null],
          ...replacements.map((each, index) => [
            index + 1,
            each.date,
            each.daysFromSale,
            nameOf(each.accountId),
            each.symbol,
            each.quantity,
            each.disallowedLoss,
            each.isLost ? m.legend.lost : m.legend.basis,
          ]),
        ],
        words: (value, column) => {
          if (value === null) return ''
          if (column === 1) return formatDate(String(value), look)
          if (column === disallowedColumn) return dollarWords(String(value), look)
          return column === 5 ? shareWords(String(value), look) : String(value)
        },
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
