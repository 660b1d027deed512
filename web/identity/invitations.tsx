import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { SelectField, TextField } from '../components/field.tsx'
import { Moment } from '../components/figures.tsx'
import { Form } from '../components/form.tsx'
import { List } from '../components/list.tsx'
import { Card, Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { households as m } from '#messages/identity'
import { problem } from '#messages/shell'

type Invitation = ApiItem<'GET /v1/identity/households/{householdId}/invitations'>

const refresh = () => refreshQueries('GET /v1/identity/households/{householdId}/invitations')

const revoke = async (invitation: Invitation): Promise<void> => {
  const { email, householdId, id } = invitation
  try {
    await api('DELETE /v1/identity/households/{householdId}/invitations/{invitationId}', { params: { householdId, invitationId: id } })
    showToast({ kind: 'good', text: m.revoked(email) })
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void revoke(invitation) })
  } finally {
    await refresh()
  }
}

const roleOptions = Object.entries(m.roles).map(([role, words]) => [role, `${words}: ${m.roleHelp[role as keyof typeof m.roles]}`] as const)

const InviteForm = ({ householdId }: { readonly householdId: string }) => {
  const form = useForm({
    initial: { email: '', role: 'viewer' },
    submit: async ({ email, role }, idempotencyKey) => {
      const body = { email, role: role as Invitation['role'] }
      await api('POST /v1/identity/households/{householdId}/invitations', { params: { householdId }, body, idempotencyKey })
      showToast({ kind: 'good', text: m.invited(email) })
      form.reset()
      await refresh()
    },
  })
  return (
    <Form form={form} submit={m.invite} columns>
      <TextField {...form.text('email')} label={m.inviteEmail} type="email" />
      <SelectField {...form.text('role')} label={m.inviteRole} options={roleOptions} />
    </Form>
  )
}

/** The open invitations of a household, and a new one. For its owners. */
export const Invitations = ({ householdId }: { readonly householdId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/identity/households/{householdId}/invitations', {
    params: { householdId },
    query: { limit: 200 },
  })
  return (
    <Section title={m.invitations} lead={m.inviteLead}>
      <Card>
        <InviteForm householdId={householdId} />
        <List list={{ items: data?.items, error, retry: refetch }} empty={<p>{m.noInvitations}</p>}>
          {items => (
            <Table
              caption={m.invitations}
              rows={items}
              rowKey={invitation => invitation.id}
              columns={[
                { key: 'email', header: m.inviteEmail, cell: invitation => invitation.email },
                { key: 'role', header: m.inviteRole, cell: invitation => m.roles[invitation.role] },
                { key: 'expires', header: m.expires, wide: true, cell: invitation => <Moment instant={invitation.expiresAt} /> },
                {
                  key: 'revoke',
                  header: m.revoke,
                  cell: invitation => <Button onClick={() => void revoke(invitation)}>{m.revoke}</Button>,
                },
              ]}
            />
          )}
        </List>
      </Card>
    </Section>
  )
}
