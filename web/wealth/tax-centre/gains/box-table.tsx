import { Link } from 'wouter'
import { Count } from '../../../components/figures.tsx'
import { Table } from '../../../components/table.tsx'
import { formatNumber } from '../../../components/format.ts'
import { useLook } from '../../../shell/preferences.ts'
import own from './gains.module.css'
import { Amount, amountWords } from './amount.tsx'
import { type Form8949, type FormStyle, linesPath, type Totals } from './gains-data.ts'
import { boxes, gains as m } from '#messages/gains'

interface Row {
  readonly key: string
  readonly words: string
  readonly totals: Totals
  readonly lineCount: number
  /** The page with its lines; undefined for a total. */
  readonly href?: string
}

const rowsOf = ({ parts, totals, year }: Form8949, style: FormStyle): Row[] => {
  const termRows = (letters: string, words: string, total: Totals): Row[] => {
    const ofTerm = parts.filter(({ box }) => letters.includes(box))
    const lineCount = ofTerm.reduce((sum, each) => sum + each.lineCount, 0)
    return ofTerm.length === 0
      ? []
      : [
          ...ofTerm.map(part => ({
            ...part,
            key: part.box,
            words: m.box(part.box, boxes[part.box]),
            href: linesPath(year, part.box, style),
          })),
          { key: letters, words, totals: total, lineCount },
        ]
  }
  return [...termRows('ABC', m.shortTotal, totals.short), ...termRows('DEF', m.longTotal, totals.long)]
}

const columns = ['proceeds', 'basis', 'adjustment', 'gain'] as const

/** The boxes of Form 8949 with their sums. Each opens its lines. */
export const BoxTable = ({ form, style }: { readonly form: Form8949; readonly style: FormStyle }) => {
  const look = useLook()
  const amount = (value: string) => amountWords(value, form.rounding, look)
  return (
    <Table
      caption={m.formCaption(form.year)}
      rows={rowsOf(form, style)}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'box',
          header: m.columns.box,
          grow: true,
          cell: ({ href, lineCount, totals, words }) => (
            <>
              {href === undefined ? <strong>{words}</strong> : <Link href={href}>{words}</Link>}
              <div className={own['narrow']}>
                {m.sums(lineCount, formatNumber(lineCount, look), amount(totals.proceeds), amount(totals.basis))}
              </div>
            </>
          ),
        },
        { key: 'lines', header: m.columns.lines, align: 'end', wide: true, cell: ({ lineCount }) => <Count value={lineCount} /> },
        ...columns.map(column => ({
          key: column,
          header: m.columns[column],
          align: 'end' as const,
          ...(column === 'gain' ? {} : { wide: true as const }),
          cell: ({ href, totals }: Row) => {
            const shown = <Amount value={totals[column]} rounding={form.rounding} />
            return href === undefined ? <strong>{shown}</strong> : shown
          },
        })),
      ]}
    />
  )
}
