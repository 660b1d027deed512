import { type ReactNode, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { EmptyState, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { RegisterFilters } from './register-filters.tsx'
import { RegisterTable } from './register-table.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { TransactionDialog } from './transaction-dialog.tsx'
import type { Query } from './transaction.ts'
import { useFilters } from './use-filters.ts'
import { register as m } from '#messages/register'

const none: ReadonlySet<string> = new Set()
/** A first page is shown at once; the next ones arrive before the end is reached. */
const pageSize = 200

/** Transactions with their filters, and what can be done with one or many of them. */
export const Register = ({ empty, of }: { readonly of: Query; readonly empty: ReactNode }) => {
  const look = useLook()
  const { canEdit, household } = useHouseholds()
  const { clear, query, read, write } = useFilters()
  const [chosen, setChosen] = useState<ReadonlySet<string> | 'all'>(none)
  const [openId, setOpenId] = useState<string>()
  const filter = { ...query, ...of }
  const list = useApiPages('GET /v1/wealth/transactions', { query: { limit: pageSize, ...filter } })
  const total = useApi('GET /v1/wealth/transactions', { query: { limit: 1, count: true, ...filter } }).data?.total ?? 0
  const isFiltered = Object.keys(query).length > 0
  const { busy, error, items, more, retry } = list
  const opened = items?.find(({ id }) => id === openId)
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(chosen === 'all' ? [] : chosen)
    if (isChosen) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const narrow = (changes: Readonly<Record<string, string>>) => {
    setChosen(none)
    write(changes)
  }
  const nothing = isFiltered ? (
    <EmptyState title={m.noMatch} action={<Button onClick={clear}>{m.clear}</Button>}>
      {m.noMatchLead}
    </EmptyState>
  ) : (
    empty
  )
  return (
    <>
      {(isFiltered || items?.length !== 0) && <RegisterFilters read={read} write={narrow} picksAccount={of.accountId === undefined} />}
      {error && <Failure error={error} retry={retry} />}
      {!items && !error && <Loading />}
      {household && canEdit && (chosen === 'all' || chosen.size > 0) && (
        <SelectionBar
          chosen={chosen}
          filter={
            { ...query, ...(of.accountId === undefined ? {} : { accountId: of.accountId }) } as Parameters<typeof SelectionBar>[0]['filter']
          }
          householdId={household.id}
          matching={total}
          onChoose={setChosen}
        />
      )}
      {items?.length === 0 && nothing}
      {items && items.length > 0 && (
        <>
          <RegisterTable
            rows={items}
            more={busy ? undefined : more}
            chosen={canEdit ? chosen : undefined}
            onChoose={choose}
            onOpen={({ id }) => setOpenId(id)}
            showsAccount={of.accountId === undefined}
          />
          <p>
            {more
              ? m.count(formatNumber(items.length, look), formatNumber(total, look))
              : m.countAll(items.length, formatNumber(items.length, look))}
          </p>
        </>
      )}
      {opened && <TransactionDialog key={opened.id} transaction={opened} canEdit={canEdit} onClose={() => setOpenId(undefined)} />}
    </>
  )
}
