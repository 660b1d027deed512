import { useState } from 'react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { useHouseholds } from '../../shell/household.ts'
import { useAddress } from '../../shell/use-address.ts'
import { AddTransaction } from './add-transaction.tsx'
import { BringLinks } from './bring-links.tsx'
import { Register } from './register.tsx'
import { register as m, titles } from '#messages/register'

const TransactionsPage = () => {
  const { canEdit, household, isPending } = useHouseholds()
  const { read } = useAddress()
  const [adding, setAdding] = useState(false)
  const importLink = <ButtonLink href="/accounts/import">{m.importFile}</ButtonLink>
  return (
    <Page
      title={titles.transactions}
      lead={m.leadOfAll}
      actions={
        canEdit &&
        household && (
          <>
            <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
              {m.add}
            </Button>
            {importLink}
            <ButtonLink href="/categories">{m.toCategories}</ButtonLink>
          </>
        )
      }
    >
      {isPending && <Loading />}
      {!isPending && (
        <Register
          of={household ? { householdId: household.id } : {}}
          empty={
            <EmptyState title={m.empty} action={canEdit && household ? <BringLinks importHref="/accounts/import" /> : undefined}>
              {canEdit ? m.emptyOfAll : m.emptyForViewers}
            </EmptyState>
          }
        />
      )}
      {adding && <AddTransaction accountId={read('account')} onClose={() => setAdding(false)} />}
    </Page>
  )
}

export default TransactionsPage
