import { useLocation } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Form } from '../components/form.tsx'
import { Card, Loading, Page } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import type { Household } from '../shell/household.ts'
import { useLook, useLookIsKnown } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { AccountFields } from './account-fields.tsx'
import { type AccountValues, checkAccount, fieldOf, newAccountOf } from './account-values.ts'
import { HouseholdGate } from './household-gate.tsx'
import { account as words, accountForm as m, titles } from '#messages/accounts'

const NewAccount = ({ household }: { readonly household: Household }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<AccountValues>({
    initial: {
      name: '',
      type: 'checking',
      source: 'ledger',
      balance: '',
      institution: '',
      mask: '',
      owner: '',
      currency: household.currency,
      taxType: '',
      openedOn: '',
      student: '',
      creditLimit: '',
      notes: '',
    },
    draft: `account of ${household.id}`,
    check: values => checkAccount(values, look),
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const { id, name } = await api('POST /v1/wealth/accounts', { body: newAccountOf(values, household.id, look), idempotencyKey })
      await refreshQueries('GET /v1/wealth/accounts', 'GET /v1/wealth/balances')
      showToast({ kind: 'good', text: m.added(name) })
      navigate(`/accounts/${id}`)
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} onCancel={() => navigate('/accounts')} columns>
        <AccountFields form={form} householdId={household.id} isNew />
      </Form>
    </Card>
  )
}

/** Adds an account to the household. */
const NewAccountPage = () => {
  const isKnown = useLookIsKnown()
  return (
    <Page title={titles.newAccount} lead={m.lead} actions={<ButtonLink href="/accounts">{words.toAccounts}</ButtonLink>}>
      <HouseholdGate>{household => (isKnown ? <NewAccount key={household.id} household={household} /> : <Loading />)}</HouseholdGate>
    </Page>
  )
}

export default NewAccountPage
