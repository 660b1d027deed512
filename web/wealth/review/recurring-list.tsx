import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { Badge, EmptyState, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { changed } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { page, recurring as m } from '#messages/review'

type Recurring = ApiItem<'GET /v1/wealth/recurring-transactions'>

const set = async (recurringId: string, status: Recurring['status']): Promise<void> => {
  await api('PATCH /v1/wealth/recurring-transactions/{recurringId}', { params: { recurringId }, body: { status }, ifMatch: '*' })
  await refreshQueries('GET /v1/wealth/recurring-transactions')
}

const State = ({ canEdit, row }: { readonly row: Recurring; readonly canEdit: boolean }) => {
  const { id, name, status } = row
  const choose = (next: 'confirmed' | 'dismissed') =>
    void attempt(page.failed, async () => {
      await set(id, next)
      changed(m[next](name), () => set(id, status))
    })
  return (
    <>
      {status === 'confirmed' && <Badge kind="good">{m.isConfirmed}</Badge>}{' '}
      {canEdit && status === 'detected' && (
        <Button aria-label={m.confirmOf(name)} onClick={() => choose('confirmed')}>
          {page.confirm}
        </Button>
      )}{' '}
      {canEdit && (
        <Button kind="quiet" aria-label={m.dismissOf(name)} onClick={() => choose('dismissed')}>
          {page.dismiss}
        </Button>
      )}
    </>
  )
}

/** What repeats in a household, without what was dismissed. */
export const RecurringList = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const { items, ...list } = useApiPages('GET /v1/wealth/recurring-transactions', { query: { householdId, limit: 200 } })
  const shown = items?.filter(({ status }) => status !== 'dismissed')
  return (
    <Section title={m.title} lead={m.lead}>
      <List list={{ ...list, items: shown }} empty={<EmptyState title={m.empty}>{m.emptyLead}</EmptyState>}>
        {rows => (
          <Table
            caption={m.title}
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                header: m.name,
                cell: row => (
                  <>
                    {row.name} {row.missed.length > 0 && <Badge kind="warn">{m.missed(row.missed.length)}</Badge>}{' '}
                    {row.priceChanges.length > 0 && <Badge kind="info">{m.priceChanged}</Badge>}
                  </>
                ),
              },
              { key: 'period', header: m.period, wide: true, cell: row => m.periods[row.period] },
              { key: 'amount', header: m.amount, align: 'end', cell: row => <Money value={row.lastAmount} precision="exact" /> },
              { key: 'next', header: m.next, wide: true, cell: row => <CalendarDate date={row.nextDate} /> },
              { key: 'state', header: m.state, cell: row => <State row={row} canEdit={canEdit} /> },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
