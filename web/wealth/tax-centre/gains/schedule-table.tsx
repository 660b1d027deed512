import type { ReactNode } from 'react'
import { Facts } from '../../../components/facts.tsx'
import { Table } from '../../../components/table.tsx'
import styles from '../../accounts.module.css'
import { isZero } from '../../lots/lot-figures.tsx'
import { Amount } from './amount.tsx'
import type { Form8949 } from './gains-data.ts'
import { gains, schedule as m } from '#messages/gains'

/** In the order of the form. The members of an object that are numbers would come first. */
const order = ['1a', '1b', '2', '3', '4', '5', '6', '7', '8a', '8b', '9', '10', '11', '12', '13', '14', '15', '16', '21'] as const
type Line = (typeof order)[number]

/** Shown even if they are zero. */
const results: ReadonlySet<string> = new Set(['7', '15', '16', '21'])

interface Row {
  readonly line: Line
  readonly proceeds?: string
  readonly basis?: string
  readonly adjustment?: string
  readonly gain: string
}

const rowOf = ({ lines, sums }: Form8949['schedule'], line: Line): Row => ({ line, ...(sums[line] ?? { gain: lines[line] ?? '0.00' }) })

const columns = ['proceeds', 'basis', 'adjustment', 'gain'] as const

const hasFigures = (row: Row): boolean => columns.some(column => !isZero(row[column] ?? '0'))

/** The lines of a schedule with an amount that is not zero. */
export const filledLines = (schedule: Form8949['schedule']): Row[] => order.map(line => rowOf(schedule, line)).filter(hasFigures)

const Carryover = ({ form: { rounding, schedule, year } }: { readonly form: Form8949 }) => {
  const { longTerm, shortTerm } = schedule.carryover
  if (isZero(shortTerm) && isZero(longTerm)) return <p>{m.nothingCarried(year + 1)}</p>
  return (
    <>
      <h4>{m.carried(year + 1)}</h4>
      <Facts
        facts={[
          [m.shortTerm, <Amount key="short" value={shortTerm} rounding={rounding} />],
          [m.longTerm, <Amount key="long" value={longTerm} rounding={rounding} />],
        ]}
      />
    </>
  )
}

/** Schedule D of a year, and the losses for the next one. */
export const ScheduleTable = ({ form }: { readonly form: Form8949 }) => {
  const strong = (line: Line, content: ReactNode) => (results.has(line) ? <strong>{content}</strong> : content)
  return (
    <div className={styles['stack']}>
      <h3>{m.title}</h3>
      <p className={styles['quiet']}>{m.lead}</p>
      <Table
        caption={m.caption(form.year)}
        rows={order.map(line => rowOf(form.schedule, line)).filter(row => results.has(row.line) || hasFigures(row))}
        rowKey={({ line }) => line}
        columns={[
          { key: 'line', header: m.line, cell: ({ line }) => strong(line, line) },
          { key: 'figure', header: m.figure, grow: true, cell: ({ line }) => strong(line, m.lines[line]) },
          ...columns.map(column => ({
            key: column,
            header: gains.columns[column],
            align: 'end' as const,
            ...(column === 'gain' ? {} : { wide: true as const }),
            cell: ({ line, [column]: amount }: Row) =>
              amount === undefined ? null : strong(line, <Amount value={amount} rounding={form.rounding} />),
          })),
        ]}
      />
      <Carryover form={form} />
    </div>
  )
}
