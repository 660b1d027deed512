import { useLocation } from 'wouter'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/figures.tsx'
import { List } from '../components/list.tsx'
import { Badge, Section } from '../components/page.tsx'
import { explain } from '../components/problem.tsx'
import { Table } from '../components/table.tsx'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { changedStored } from '../shell/undo.ts'
import styles from './security.module.css'
import { households as m } from '#messages/identity'

type Member = ApiItem<'GET /v1/identity/households/{householdId}/members'>
type Role = Member['role']

const nameOf = ({ email, firstName, lastName }: Member): string => [firstName, lastName].filter(Boolean).join(' ') || (email ?? '')

const paramsOf = ({ householdId, userId }: Member) => ({ params: { householdId, userId } })

const refreshMembers = () =>
  refreshQueries(
    'GET /v1/identity/households/{householdId}/members',
    'GET /v1/identity/households/{householdId}',
    'GET /v1/identity/households',
  )

/** Does it, and says in a message why it failed. The table shows what is stored. */
const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    showToast({ kind: 'bad', text: explain(error), error })
  } finally {
    await refreshMembers()
  }
}

const read = async ({ householdId, userId }: Member): Promise<Member> => {
  const { items } = await api('GET /v1/identity/households/{householdId}/members', { params: { householdId }, query: { limit: 200 } })
  return items.find(each => each.userId === userId)!
}

const setRole = (member: Member, role: Role, ifMatch: number) =>
  api('PATCH /v1/identity/households/{householdId}/members/{userId}', { ...paramsOf(member), body: { role }, ifMatch })

const changeRole = (member: Member, role: Role) =>
  attempt(async () => {
    const now = await setRole(member, role, member.version)
    changedStored(
      m.roleChanged(nameOf(member)),
      now,
      () => read(member),
      async at => {
        await setRole(member, member.role, at)
        await refreshMembers()
      },
    )
  })

const handOver = (member: Member) =>
  attempt(async () => {
    const { householdId, userId } = member
    await api('POST /v1/identity/households/{householdId}/handovers', { params: { householdId }, body: { userId } })
    showToast({ kind: 'good', text: m.handedOver(nameOf(member)) })
  })

const remove = (member: Member, text: string, then?: () => void) =>
  attempt(async () => {
    await api('DELETE /v1/identity/households/{householdId}/members/{userId}', { ...paramsOf(member), ifMatch: member.version })
    showToast({ kind: 'good', text })
    then?.()
  })

const RoleChoice = ({ member }: { readonly member: Member }) => (
  <select
    aria-label={`${m.change}: ${nameOf(member)}`}
    value={member.role}
    onChange={event => void changeRole(member, event.currentTarget.value as Role)}
  >
    {Object.entries(m.roles).map(([role, words]) => (
      <option key={role} value={role}>
        {words}
      </option>
    ))}
  </select>
)

/** The members of a household, with what the person may do to each. */
export const Members = ({ householdId, isOwner }: { readonly householdId: string; readonly isOwner: boolean }) => {
  const [, navigate] = useLocation()
  const { data: me } = useApi('GET /v1/identity/me')
  const { data, error, refetch } = useApi('GET /v1/identity/households/{householdId}/members', {
    params: { householdId },
    query: { limit: 200 },
  })
  const actions = (member: Member) => {
    if (member.userId === me?.id)
      return <Button onClick={() => void remove(member, m.left, () => navigate('/households'))}>{m.leave}</Button>
    return isOwner ? (
      <span className={styles['buttons']}>
        {member.role !== 'owner' && <Button onClick={() => void handOver(member)}>{m.handOver}</Button>}
        <Button onClick={() => void remove(member, m.removed(nameOf(member)))}>{m.remove}</Button>
      </span>
    ) : null
  }
  return (
    <Section title={m.members}>
      <List list={{ items: data?.items, error, retry: refetch }} empty={null}>
        {items => (
          <Table
            caption={m.members}
            rows={items}
            rowKey={member => member.userId}
            columns={[
              {
                key: 'name',
                header: m.member,
                cell: member => (
                  <>
                    {nameOf(member)} {member.userId === me?.id && <Badge kind="info">{m.you}</Badge>}
                  </>
                ),
              },
              {
                key: 'role',
                header: m.fields.role,
                cell: member => (isOwner && member.userId !== me?.id ? <RoleChoice member={member} /> : m.roles[member.role]),
              },
              { key: 'joined', header: m.joined, wide: true, cell: member => <Moment instant={member.joinedAt} /> },
              { key: 'actions', header: m.change, cell: actions },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
