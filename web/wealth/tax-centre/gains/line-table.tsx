import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { CalendarDate } from '../../../components/figures.tsx'
import { formatDate } from '../../../components/format.ts'
import { type Column, Table } from '../../../components/table.tsx'
import { useLook } from '../../../shell/preferences.ts'
import styles from '../../accounts.module.css'
import { type NameOf, positionPath, registerPath } from '../../lots/lot-data.ts'
import { Amount, amountWords } from './amount.tsx'
import own from './gains.module.css'
import type { Form8949Line, FormStyle } from './gains-data.ts'
import { gains, lines as m } from '#messages/gains'

const isDate = (text: string): boolean => /^\d/.test(text)

const Acquired = ({ acquired }: Pick<Form8949Line, 'acquired'>) => {
  if (acquired === null) return <>{m.unknown}</>
  return isDate(acquired) ? <CalendarDate date={acquired} /> : <>{m.inherited}</>
}

interface LineTableProps {
  readonly caption: string
  readonly lines: readonly Form8949Line[]
  readonly nameOf: NameOf
  readonly rounding: FormStyle['rounding']
  /** Whether the lines have the reason why they are not on the form, and no gain. */
  readonly isIncomplete?: boolean
}

/** What was sold, with the links to its lots and to the register of its account. */
const Sold = ({ isIncomplete, line, nameOf, rounding }: Omit<LineTableProps, 'caption' | 'lines'> & { readonly line: Form8949Line }) => {
  const look = useLook()
  const { accountId, acquired, adjustment, basis, codes, description, proceeds, sold, symbol } = line
  const acquiredWords = acquired === null ? m.unknown : isDate(acquired) ? formatDate(acquired, look) : m.inherited
  const words = (amount: string | null) => amountWords(amount, rounding, look)
  return (
    <>
      <Link href={positionPath(accountId, symbol)} title={m.lotsOf(description)}>
        <bdi>{description}</bdi>
      </Link>
      <div className={styles['quiet']}>
        <Link href={registerPath(accountId, sold)}>
          <bdi>{nameOf(accountId)}</bdi>
        </Link>
      </div>
      <div className={own['narrow']}>
        {m.soldOn(formatDate(sold, look))} {isIncomplete === true ? line.reason : m.parts(acquiredWords, words(proceeds), words(basis))}{' '}
        {codes === 'W' && m.disallowed(words(adjustment))}
      </div>
    </>
  )
}

/** Lines of Form 8949 with its columns. On a phone, the less important ones are below what was sold. */
export const LineTable = ({ caption, isIncomplete = false, lines, nameOf, rounding }: LineTableProps) => {
  const money = (column: 'proceeds' | 'basis' | 'adjustment' | 'gain', isWide: boolean): Column<Form8949Line> => ({
    key: column,
    header: gains.columns[column],
    align: 'end',
    ...(isWide ? { wide: true } : {}),
    cell: line => <Amount value={line[column]} rounding={rounding} />,
  })
  const once = (content: ReactNode) => <span className={styles['once']}>{content}</span>
  return (
    <Table
      caption={caption}
      rows={lines.map((line, index) => ({ ...line, index }))}
      // A sale of several lots has several lines, which can be equal.
      rowKey={({ index, transactionId }) => `${transactionId} ${index}`}
      columns={[
        {
          key: 'description',
          header: m.description,
          cell: line => <Sold line={line} isIncomplete={isIncomplete} nameOf={nameOf} rounding={rounding} />,
        },
        { key: 'acquired', header: m.acquired, wide: true, cell: ({ acquired }) => once(<Acquired acquired={acquired} />) },
        { key: 'sold', header: m.sold, wide: true, cell: ({ sold }) => once(<CalendarDate date={sold} />) },
        money('proceeds', !isIncomplete),
        ...(isIncomplete
          ? [{ key: 'reason', header: m.reason, wide: true as const, cell: ({ reason }: Form8949Line) => reason }]
          : [
              money('basis', true),
              {
                key: 'code',
                header: m.code,
                wide: true as const,
                cell: ({ codes }: Form8949Line) => codes === 'W' && <abbr title={m.washSale}>{codes}</abbr>,
              },
              money('adjustment', true),
              money('gain', false),
            ]),
      ]}
    />
  )
}
