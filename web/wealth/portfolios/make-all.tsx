import { useState } from 'react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { changedStored } from '../../shell/undo.ts'
import type { Account } from '../account-kinds.ts'
import { attempt } from '../attempt.ts'
import { useAccounts } from '../use-household-data.ts'
import { createPortfolio, destroyPortfolio, readPortfolio } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { portfolios as m } from '#messages/portfolios'

/** The accounts that a portfolio of everything has: open ones for investments and retirement. Neither kind is a debt. */
export const investedIn = (accounts: readonly Account[]): readonly Account[] =>
  accounts.filter(({ closedOn, type }) => closedOn === null && (type === 'investment' || type === 'retirement'))

/** Says that there is no portfolio, and makes one of all accounts at once. */
export const NoPortfolios = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const [busy, setBusy] = useState(false)
  const { data, error, refetch } = useAccounts(householdId)
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const accountIds = investedIn(data.items).map(({ id }) => id)
  const make = async () => {
    setBusy(true)
    const key = crypto.randomUUID()
    await attempt(m.failed, async () => {
      const stored = await createPortfolio({ householdId, name: m.allName, accountIds }, key)
      changedStored(
        m.added(stored.name),
        stored,
        () => readPortfolio(stored.id),
        at => destroyPortfolio(stored.id, at),
      )
    })
    setBusy(false)
  }
  const action =
    accountIds.length === 0 ? (
      <ButtonLink kind="primary" href="/accounts/new">
        {m.addAccount}
      </ButtonLink>
    ) : (
      <div className={styles['actions']}>
        <Button kind="primary" icon="plus" busy={busy} onClick={() => void make()}>
          {m.makeAll}
        </Button>
        <ButtonLink href="/portfolios/new">{m.ownChoice}</ButtonLink>
      </div>
    )
  return (
    <EmptyState title={m.empty} action={canEdit ? action : undefined}>
      {m.emptyLead} {canEdit && (accountIds.length === 0 ? m.noAccounts : m.makeAllOf(accountIds.length))}
    </EmptyState>
  )
}
