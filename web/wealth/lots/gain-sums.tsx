import { useState } from 'react'
import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { api } from '../../shell/api.ts'
import { sumOf } from '../account-kinds.ts'
import { SaveFile } from '../save-file.tsx'
import { type NameOf, positionPath } from './lot-data.ts'
import { Dollars, Quantity } from './lot-figures.tsx'
import styles from './lots.module.css'
import { gains as m, titles, turning } from '#messages/unrealised'
import { shared } from '#messages/lots'

type Report = ApiAnswer<'GET /v1/wealth/unrealised-gains'>
type Sums = Report['totals']['short']

const figures = ['net', 'gains', 'losses', 'marketValue', 'costBasis'] as const
const headers = { marketValue: m.value, costBasis: m.basis, gains: m.gains, losses: m.losses, net: m.net }

const both = ({ long, short }: Report['totals']): Sums => {
  const sum = (figure: (typeof figures)[number]) => sumOf([short[figure], long[figure]])
  return { marketValue: sum('marketValue'), costBasis: sum('costBasis'), gains: sum('gains'), losses: sum('losses'), net: sum('net') }
}

/** The sums of unrealised gains by term. */
export const GainSums = ({ householdId, report }: { readonly householdId: string; readonly report: Report }) => {
  const { asOf, lots, totals, unknownCount } = report
  if (lots.length === 0) return <p>{m.empty}</p>
  return (
    <Section
      title={m.title}
      actions={
        <SaveFile
          title={titles.gains}
          fileName={format => m.file(asOf, format)}
          read={format => api('GET /v1/wealth/unrealised-gains/export', { query: { householdId, format } })}
        />
      }
    >
      <Table
        caption={m.caption}
        rows={[
          { words: shared.terms.short, sums: totals.short },
          { words: shared.terms.long, sums: totals.long },
          { words: m.all, sums: both(totals) },
        ]}
        rowKey={({ words }) => words}
        columns={[
          { key: 'term', header: m.term, cell: ({ words }) => <span className={styles['once']}>{words}</span> },
          ...figures.map(figure => ({
            key: figure,
            header: headers[figure],
            align: 'end' as const,
            cell: ({ sums }: { readonly sums: Sums }) => (
              <Dollars value={sums[figure]} signed={figure !== 'marketValue' && figure !== 'costBasis'} />
            ),
          })),
        ]}
      />
      {unknownCount > 0 && <p className={styles['quiet']}>{m.unknown(unknownCount, String(unknownCount))}</p>}
    </Section>
  )
}

/** Lots that are shown at first, and more with each press of the button. */
const step = 10

/** The lots that turn long-term next, the soonest first. */
export const TurningLots = ({ lots, nameOf }: { readonly lots: Report['lots']; readonly nameOf: NameOf }) => {
  const [count, setCount] = useState(step)
  const turns = lots.filter(({ daysToLongTerm }) => daysToLongTerm !== null)
  const left = Math.min(step, turns.length - count)
  return (
    <Section title={turning.title} lead={turning.lead}>
      {turns.length === 0 ? (
        <p>{turning.empty}</p>
      ) : (
        <Table
          caption={turning.caption}
          rows={turns.slice(0, count)}
          rowKey={({ accountId, acquiredOn, openingId, quantity }) => `${accountId} ${openingId} ${acquiredOn} ${quantity}`}
          columns={[
            {
              key: 'security',
              header: turning.security,
              cell: ({ accountId, symbol }) => (
                <>
                  <Link href={positionPath(accountId, symbol)}>
                    <bdi>{symbol}</bdi>
                  </Link>
                  <div className={styles['quiet']}>
                    <bdi>{nameOf(accountId)}</bdi>
                  </div>
                </>
              ),
            },
            {
              key: 'day',
              header: turning.day,
              cell: ({ daysToLongTerm, longTermOn }) => (
                <span className={styles['once']}>
                  <CalendarDate date={longTermOn} />
                  <div className={styles['quiet']}>{turning.left(daysToLongTerm!, String(daysToLongTerm))}</div>
                </span>
              ),
            },
            { key: 'gain', header: turning.gain, align: 'end', cell: ({ unrealisedGain }) => <Dollars value={unrealisedGain} signed /> },
            { key: 'shares', header: turning.shares, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
          ]}
        />
      )}
      {left > 0 && (
        <p>
          <Button onClick={() => setCount(count + step)}>{turning.more(left, String(left))}</Button>
        </p>
      )}
    </Section>
  )
}
