import type { ReactNode } from 'react'
import { EmptyState, Loading, Page } from '../components/page.tsx'
import { useApi } from './api.ts'
import { administrators as m } from '#messages/shell'

/** A page for administrators. Others read that it is not for them, and send no request. */
export const AdministratorPage = ({
  actions,
  children,
  lead,
  title,
}: {
  readonly title: string
  readonly lead: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => {
  const { data: me } = useApi('GET /v1/identity/me')
  if (me && me.role !== 'admin')
    return (
      <Page title={title}>
        <EmptyState title={m.only} />
      </Page>
    )
  return (
    <Page title={title} lead={lead} actions={actions}>
      {me ? children : <Loading />}
    </Page>
  )
}
