import { useState } from 'react'
import { formatNumber } from '../../../components/format.ts'
import { Count, Money } from '../../../components/figures.tsx'
import { Facts } from '../../../components/facts.tsx'
import { Notice, Section } from '../../../components/page.tsx'
import { LoadMore, Table } from '../../../components/table.tsx'
import { useLook } from '../../../shell/preferences.ts'
import styles from '../../accounts.module.css'
import own from './broker-form.module.css'
import type { Answer, Compared, Item } from './comparison-data.ts'
import { DifferingSale } from './differing-sale.tsx'
import { EqualSales, OneSided } from './sale-tables.tsx'
import { comparison as m } from '#messages/broker-form'

const ambiguityWords = (name: string): string => m.ambiguities[name as keyof typeof m.ambiguities] ?? name

/** Differing sales that are shown at a time. */
const pageSize = 50

const Totals = ({ totals }: Pick<Answer, 'totals'>) => (
  <div className={styles['stack']}>
    <h3>{m.totals}</h3>
    <p className={styles['quiet']}>{m.totalsLead}</p>
    <Table
      caption={m.totals}
      rows={[
        { side: m.broker, ...totals.broker },
        { side: m.here, ...totals.ours },
      ]}
      rowKey={({ side }) => side}
      columns={[
        { key: 'side', header: m.side, cell: ({ side }) => side },
        ...(['proceeds', 'basis', 'disallowedLoss'] as const).map(field => ({
          key: field,
          header: m.fields[field],
          align: 'end' as const,
          cell: (row: Answer['totals']['broker']) => <Money value={row[field]} currency="USD" precision="exact" />,
        })),
      ]}
    />
  </div>
)

const Differing = ({ items }: { readonly items: readonly Item[] }) => {
  const [shown, setShown] = useState(pageSize)
  return (
    <Section title={m.differing} lead={m.differingLead}>
      <ul className={own['items']}>
        {items.slice(0, shown).map((item, index) => (
          // Items have no name of their own, and stay in their order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <DifferingSale item={item} />
          </li>
        ))}
      </ul>
      {items.length > shown && <LoadMore busy={false} onClick={() => setShown(shown + pageSize)} />}
    </Section>
  )
}

const Rejected = ({ rejected, rejectedCount }: Pick<Answer, 'rejected' | 'rejectedCount'>) => {
  const look = useLook()
  return (
    <Section title={m.rejected} {...(rejectedCount > rejected.length && { lead: m.rejectedLead(formatNumber(rejectedCount, look)) })}>
      <Table
        isTall
        caption={m.rejected}
        rows={rejected}
        rowKey={({ field, line, message }) => `${line} ${field} ${message}`}
        columns={[
          { key: 'line', header: m.line, align: 'end', cell: ({ line }) => line },
          { key: 'field', header: m.field, cell: ({ field }) => field },
          { key: 'reason', header: m.reason, grow: true, cell: ({ message }) => message },
        ]}
      />
    </Section>
  )
}

const Remarks = ({ remarks, title }: { readonly title: string; readonly remarks: readonly string[] }) => (
  <div className={styles['stack']}>
    <h3>{title}</h3>
    <ul>
      {remarks.map(remark => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  </div>
)

/** Both sides of a year: counts, totals, and each sale that is not equal. */
export const Comparison = ({ compared: { account, answer, file } }: { readonly compared: Compared }) => {
  const { ambiguous, counts, items, notes, rejected, rejectedCount, totals, year } = answer
  const of = (outcome: Item['outcome']) => items.filter(item => item.outcome === outcome)
  const [differing, onlyBroker, onlyHere, equal] = [of('differing'), of('only_broker'), of('only_here'), of('equal')]
  const isEqual = equal.length === items.length && rejectedCount === 0
  return (
    <>
      <Section title={m.title(year, account)} lead={m.lead(file)}>
        {isEqual && <Notice kind={items.length === 0 ? 'info' : 'good'}>{items.length === 0 ? m.nothing : m.allEqual}</Notice>}
        <Facts
          facts={[
            ...(['equal', 'differing', 'only_broker', 'only_here'] as const).map(
              outcome => [m.counts[outcome], <Count key={outcome} value={counts[outcome]} />] as const,
            ),
            [m.rejectedCount, <Count key="rejected" value={rejectedCount} />],
          ]}
        />
        <Totals totals={totals} />
        {ambiguous.length > 0 && (
          <Notice kind="warn">
            <Remarks title={m.ambiguous} remarks={ambiguous.map(ambiguityWords)} />
          </Notice>
        )}
        {notes.length > 0 && <Remarks title={m.notes} remarks={notes} />}
      </Section>
      {differing.length > 0 && <Differing items={differing} />}
      {onlyBroker.length > 0 && <OneSided title={m.onlyBroker} items={onlyBroker} />}
      {onlyHere.length > 0 && <OneSided title={m.onlyHere} items={onlyHere} />}
      {rejectedCount > 0 && <Rejected rejected={rejected} rejectedCount={rejectedCount} />}
      {equal.length > 0 && <EqualSales items={equal} />}
    </>
  )
}
