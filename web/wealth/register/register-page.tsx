import { useState } from 'react'
import { useParams } from 'wouter'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Money } from '../../components/figures.tsx'
import { EmptyState, Loading, Page, Stat } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { BringLinks } from './bring-links.tsx'
import { EntryDialog } from './entry-dialog.tsx'
import { Register } from './register.tsx'
import { register as m, titles } from '#messages/register'

const RegisterPage = () => {
  const { accountId = '' } = useParams()
  const { canEdit } = useHouseholds()
  const [adding, setAdding] = useState(false)
  const { data: account, error, refetch } = useApi('GET /v1/wealth/accounts/{accountId}/balance', { params: { accountId } })
  const add = (
    <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
      {m.add}
    </Button>
  )
  const importLink = <ButtonLink href={`/accounts/import?account=${accountId}`}>{m.importFile}</ButtonLink>
  return (
    <Page
      title={account?.accountName ?? titles.register}
      lead={m.lead}
      actions={
        canEdit &&
        account && (
          <>
            {add}
            {importLink}
          </>
        )
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!account && !error && <Loading />}
      {account && (
        <>
          <Stat label={m.balanceNow}>
            <Money value={account.balance} currency={account.currency} precision="exact" />
          </Stat>
          <Register
            of={{ accountId }}
            empty={
              <EmptyState
                title={m.empty}
                action={canEdit ? <BringLinks importHref={`/accounts/import?account=${accountId}`} /> : undefined}
              >
                {canEdit ? m.emptyLead : m.emptyForViewers}
              </EmptyState>
            }
          />
          {adding && <EntryDialog account={account} onClose={() => setAdding(false)} />}
        </>
      )}
    </Page>
  )
}

export default RegisterPage
