import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { CalendarDate, Money, Percent } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { changed } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { page, transfers as m } from '#messages/review'

type Transfer = ApiItem<'GET /v1/wealth/transfers'>

const decide = async (transferId: string, status: Transfer['status']): Promise<void> => {
  await api('POST /v1/wealth/transfers/{transferId}/decisions', { params: { transferId }, body: { status } })
  await refreshQueries('GET /v1/wealth/transfers')
}

const Decision = ({ transfer: { id, inflow, outflow } }: { readonly transfer: Transfer }) => {
  const choose = (status: 'confirmed' | 'dismissed') =>
    void attempt(page.failed, async () => {
      await decide(id, status)
      changed(m[status], () => decide(id, 'proposed'))
    })
  const names = [outflow.accountName, inflow.accountName] as const
  return (
    <>
      <Button aria-label={m.confirmOf(...names)} onClick={() => choose('confirmed')}>
        {page.confirm}
      </Button>{' '}
      <Button kind="quiet" aria-label={m.dismissOf(...names)} onClick={() => choose('dismissed')}>
        {page.dismiss}
      </Button>
    </>
  )
}

/** The proposed transfers of a household. */
export const TransferList = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const list = useApiPages('GET /v1/wealth/transfers', { query: { householdId, status: 'proposed', limit: 50 } })
  return (
    <Section title={m.title} lead={m.lead}>
      <List list={list} empty={<EmptyState title={m.empty}>{m.emptyLead}</EmptyState>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'date', header: m.date, wide: true, cell: row => <CalendarDate date={row.outflow.date} /> },
              { key: 'accounts', header: m.accounts, cell: row => m.route(row.outflow.accountName, row.inflow.accountName) },
              {
                key: 'amount',
                header: m.amount,
                align: 'end',
                cell: ({ inflow, outflow }) => (
                  <>
                    {outflow.currency !== inflow.currency && (
                      <>
                        <Money value={outflow.amount.replace('-', '')} currency={outflow.currency} precision="exact" /> →{' '}
                      </>
                    )}
                    <Money value={inflow.amount} currency={inflow.currency} precision="exact" />
                  </>
                ),
              },
              { key: 'sure', header: page.sure, align: 'end', wide: true, cell: row => <Percent value={row.confidence} digits={0} /> },
              ...(canEdit ? [{ key: 'decide', header: m.decide, cell: (row: Transfer) => <Decision transfer={row} /> }] : []),
            ]}
          />
        )}
      </List>
    </Section>
  )
}
