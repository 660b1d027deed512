import { useEffect, useState } from 'react'
import { Button, ButtonLink } from '../components/button.tsx'
import { List } from '../components/list.tsx'
import { EmptyState, Grid, Notice, Page } from '../components/page.tsx'
import { useApiPages } from '../shell/api-pages.ts'
import { useHouseholds } from '../shell/household.ts'
import { connect, endVisit } from './connection-actions.ts'
import { ConnectionCard } from './connection-card.tsx'
import { forgetLinkVisit, readLinkVisit } from './link-visit.ts'
import * as m from '#messages/connections'

const ConnectButton = ({ householdId }: { readonly householdId: string }) => {
  const [busy, setBusy] = useState(false)
  const leave = () => {
    setBusy(true)
    void connect(householdId).finally(() => setBusy(false))
  }
  return (
    <Button kind="primary" icon="plus" busy={busy} onClick={leave}>
      {m.connect}
    </Button>
  )
}

const Connections = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const list = useApiPages('GET /v1/wealth/plaid/connections', { query: { householdId, sort: 'institutionName' } })
  const empty = (
    <EmptyState title={m.empty} action={canEdit ? <ConnectButton householdId={householdId} /> : undefined}>
      {canEdit ? m.emptyLead : m.emptyViewer}
    </EmptyState>
  )
  return (
    <List list={list} empty={empty}>
      {items => (
        <Grid>
          {items.map(connection => (
            <ConnectionCard key={connection.id} connection={connection} canEdit={canEdit} />
          ))}
        </Grid>
      )}
    </List>
  )
}

/** The sign-ins of the household at banks and brokers: how each stands, and what to do about it. The page of Plaid leads back to here. */
const ConnectionsPage = () => {
  const { canEdit, household, isPending } = useHouseholds()
  const [visit, setVisit] = useState(readLinkVisit)
  useEffect(() => {
    if (!visit) return
    forgetLinkVisit()
    void endVisit(visit).finally(() => setVisit(undefined))
  }, [visit])
  return (
    <Page title={m.title} lead={m.lead} actions={household && canEdit ? <ConnectButton householdId={household.id} /> : undefined}>
      {visit && <Notice>{m.connecting}</Notice>}
      {household && <Connections householdId={household.id} canEdit={canEdit} />}
      {!household && !isPending && (
        <EmptyState title={m.noHousehold} action={<ButtonLink href="/households">{m.toHouseholds}</ButtonLink>} />
      )}
    </Page>
  )
}

export default ConnectionsPage
