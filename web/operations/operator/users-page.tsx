import { useState } from 'react'
import { Link } from 'wouter'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Moment } from '../../components/figures.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import { formatNumber } from '../../components/format.ts'
import { Form } from '../../components/form.tsx'
import { List } from '../../components/list.tsx'
import { Badge, EmptyState } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { Erasures } from './erasures.tsx'
import { frame, titles, users as m } from '#messages/operator'

type User = ApiItem<'GET /v1/identity/users'>

const nameOf = ({ email, id }: User): string => email ?? id

const EraseDialog = ({ onClose, user }: { readonly user: User; readonly onClose: () => void }) => {
  const name = nameOf(user)
  const form = useForm({
    initial: { confirmation: '' },
    check: ({ confirmation }): Readonly<Record<string, string>> => (confirmation.trim() === name ? {} : { confirmation: m.notSame }),
    submit: async () => {
      await api('POST /v1/identity/users/{userId}/erasures', { params: { userId: user.id } })
      await refreshQueries('GET /v1/identity/users', 'GET /v1/identity/erasures')
      showToast({ kind: 'good', text: m.done(name) })
      onClose()
    },
  })
  return (
    <Dialog title={m.eraseTitle(name)} onClose={onClose}>
      <p>{m.eraseLead}</p>
      <Form form={form} submit={m.eraseNow} onCancel={onClose}>
        <TextField {...form.text('confirmation')} label={m.confirm} />
      </Form>
    </Dialog>
  )
}

const State = ({ user: { email, isActive, lockedUntil } }: { readonly user: User }) => {
  const [now] = useState(Date.now)
  if (email === null) return <Badge>{m.erased}</Badge>
  if (!isActive) return <Badge>{m.closed}</Badge>
  return lockedUntil !== null && Date.parse(lockedUntil) > now ? (
    <Badge kind="warn">{m.locked}</Badge>
  ) : (
    <Badge kind="good">{m.active}</Badge>
  )
}

const Users = () => {
  const look = useLook()
  const { read, write } = useAddress()
  const [erasing, setErasing] = useState<User>()
  const search = useDelayed(read('search'))
  const role = read('role')
  const list = useApiPages('GET /v1/identity/users', {
    query: {
      limit: 50,
      count: true,
      sort: read('sort') || 'email',
      ...(search === '' ? {} : { search }),
      ...(role in m.roles ? { role: role as User['role'] } : {}),
    },
  })
  const field = (name: string) => filterField(name, read(name), value => write({ [name]: value }))
  return (
    <>
      <Filters>
        <TextField {...field('search')} type="search" label={m.search} />
        <SelectField {...field('role')} label={m.role} options={[['', frame.all], ...Object.entries(m.roles)]} />
      </Filters>
      <List list={list} empty={<EmptyState title={m.empty} />}>
        {items => (
          <>
            <Table
              caption={m.caption}
              rows={items}
              rowKey={({ id }) => id}
              sort={read('sort') || 'email'}
              onSort={sort => write({ sort })}
              columns={[
                {
                  key: 'email',
                  header: m.search,
                  sort: 'email',
                  cell: user => <Link href={`/operator/audit?user=${user.id}`}>{nameOf(user)}</Link>,
                },
                { key: 'role', header: m.role, wide: true, cell: user => m.roles[user.role] },
                { key: 'state', header: m.state, cell: user => <State user={user} /> },
                {
                  key: 'last',
                  header: m.last,
                  sort: 'lastLogin',
                  wide: true,
                  cell: ({ lastLogin }) => (lastLogin === null ? m.never : <Moment instant={lastLogin} />),
                },
                { key: 'since', header: m.since, sort: 'createdAt', wide: true, cell: ({ createdAt }) => <Moment instant={createdAt} /> },
                {
                  key: 'erase',
                  header: m.erase,
                  cell: user => user.email !== null && <Button onClick={() => setErasing(user)}>{m.erase}</Button>,
                },
              ]}
            />
            {list.total !== undefined && <p>{m.count(formatNumber(items.length, look), formatNumber(list.total, look))}</p>}
          </>
        )}
      </List>
      {erasing && <EraseDialog user={erasing} onClose={() => setErasing(undefined)} />}
    </>
  )
}

const UsersPage = () => (
  <AdministratorPage title={titles.users} lead={m.lead}>
    <Users />
    <Erasures />
  </AdministratorPage>
)

export default UsersPage
