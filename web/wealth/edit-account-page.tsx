import { useLocation, useParams } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Form } from '../components/form.tsx'
import { Card, Loading, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useVersionedForm } from '../components/use-versioned-form.tsx'
import { useApi } from '../shell/api.ts'
import { useLook, useLookIsKnown } from '../shell/preferences.ts'
import { changedStored } from '../shell/undo.ts'
import { AccountFields } from './account-fields.tsx'
import type { Account } from './account-kinds.ts'
import { type AccountValues, accountPatchOf, checkAccount, fieldOf, valuesOf } from './account-values.ts'
import { patchAccount, readAccount } from './change-account.ts'
import { accountForm as m, titles } from '#messages/accounts'

const labels: Readonly<Record<keyof AccountValues, string>> = {
  name: m.name,
  type: m.type,
  source: m.source,
  balance: m.opening,
  institution: m.institution,
  mask: m.mask,
  owner: m.owner,
  currency: m.currency,
  taxType: m.taxType,
  openedOn: m.openedOn,
  student: m.student,
  creditLimit: m.creditLimit,
  notes: m.notes,
}

const EditAccount = ({ account }: { readonly account: Account }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const read = () => readAccount(account.id)
  const { conflict, form } = useVersionedForm<AccountValues, Account>({
    stored: account,
    valuesOf: stored => valuesOf(stored, look),
    labels,
    draft: `account ${account.id}`,
    check: values => checkAccount(values, look),
    fieldOf,
    reload: read,
    save: async (values, version) => {
      const now = await patchAccount(account.id, accountPatchOf(values, look), version)
      changedStored(m.saved(now.name), now, read, at => patchAccount(account.id, accountPatchOf(valuesOf(account, look), look), at))
      navigate(`/accounts/${account.id}`)
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.save} onCancel={() => navigate(`/accounts/${account.id}`)} columns>
        <AccountFields form={form} householdId={account.householdId} />
      </Form>
      {conflict}
    </Card>
  )
}

/** Changes an account. */
const EditAccountPage = () => {
  const { accountId = '' } = useParams()
  const isKnown = useLookIsKnown()
  const { data, error, refetch } = useApi('GET /v1/wealth/accounts/{accountId}', { params: { accountId } })
  return (
    <Page
      title={data ? `${titles.editAccount}: ${data.name}` : titles.editAccount}
      actions={<ButtonLink href={`/accounts/${accountId}`}>{titles.account}</ButtonLink>}
    >
      {error && <Failure error={error} retry={refetch} />}
      {!error && !(data && isKnown) && <Loading />}
      {data && isKnown && <EditAccount key={data.id} account={data} />}
    </Page>
  )
}

export default EditAccountPage
