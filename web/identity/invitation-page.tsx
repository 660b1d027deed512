import { useLocation } from 'wouter'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Card, Page } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { chooseHousehold } from '../shell/household.ts'
import { useStore } from '../shell/store.ts'
import { showToast } from '../shell/toasts.ts'
import { forgetToken, invitationToken } from './invitation-token.ts'
import { households as m, titles } from '#messages/identity'

const AcceptForm = ({ token: given }: { readonly token: string }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { token: given },
    submit: async ({ token }, idempotencyKey) => {
      const { householdId } = await api('POST /v1/identity/invitation-acceptances', { body: { token }, idempotencyKey })
      forgetToken()
      await refreshQueries('GET /v1/identity/households')
      chooseHousehold(householdId)
      showToast({ kind: 'good', text: m.accepted })
      navigate(`/households/${householdId}`)
    },
  })
  return (
    <Form form={form} submit={m.accept}>
      <TextField {...form.text('token')} label={m.token} />
    </Form>
  )
}

/** Makes the person a member of the household that the token of a mail names. */
const InvitationPage = () => {
  const token = useStore(invitationToken)
  return (
    <Page title={titles.invitation} lead={token === '' ? m.acceptLead : m.acceptLinkLead}>
      <Card>
        <AcceptForm key={token} token={token} />
      </Card>
    </Page>
  )
}

export default InvitationPage
