import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { EmptyState, Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import { bodyOf, isComplete, type RuleValues } from './rule-values.ts'
import { labelWords } from './rule-words.ts'
import type { RuleNames } from './use-rule-names.ts'
import { changedFields, preview as m } from '#messages/rules'

interface Shown {
  readonly householdId: string
  readonly values: RuleValues
  readonly names: RuleNames
}

const Found = ({ householdId, names, values }: Shown) => {
  const look = useLook()
  const { actions, conditions, match, stopAfter } = bodyOf(values, look)
  const rule = useDelayed(JSON.stringify({ actions, conditions, match, stopAfter }), 400)
  const { data, error, refetch } = useQuery({
    queryKey: ['POST /v1/wealth/rules/previews', householdId, rule],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api('POST /v1/wealth/rules/previews', { body: { householdId, rule: JSON.parse(rule) }, signal }),
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  if (data.changeCount === 0) return <EmptyState title={m.none}>{m.noneLead}</EmptyState>
  return (
    <>
      <p role="status">
        {m.counts(data.changedTransactionCount, data.transactionCount)} {m.first(data.changes.length)}
      </p>
      <Table
        caption={m.title}
        rows={data.changes}
        rowKey={({ field, transactionId }) => `${transactionId} ${field}`}
        columns={[
          { key: 'date', header: m.date, cell: row => <CalendarDate date={row.date} /> },
          { key: 'text', header: m.text, cell: row => row.description },
          { key: 'amount', header: m.amount, align: 'end', wide: true, cell: row => <Money value={row.amount} precision="exact" /> },
          { key: 'field', header: m.field, cell: row => changedFields[row.field] },
          { key: 'before', header: m.before, wide: true, cell: row => labelWords(row.field, row.before, look, names) },
          { key: 'after', header: m.after, cell: row => labelWords(row.field, row.after, look, names) },
        ]}
      />
    </>
  )
}

/** What the rule of a form would change on the transactions of the household, while it is being filled in. */
export const RulePreview = (props: Shown) => {
  const look = useLook()
  return (
    <Section title={m.title} lead={m.lead}>
      {isComplete(props.values, look) ? <Found {...props} /> : <p>{m.incomplete}</p>}
    </Section>
  )
}
