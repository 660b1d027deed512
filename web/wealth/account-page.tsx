import { useState } from 'react'
import { useParams } from 'wouter'
import { Button, ButtonLink } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Facts } from '../components/facts.tsx'
import { DateField } from '../components/field.tsx'
import { CalendarDate, Money } from '../components/figures.tsx'
import { Form } from '../components/form.tsx'
import { EmptyState, Grid, Loading, Notice, Page, Section, Stat } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useForm } from '../components/use-form.ts'
import { ApiProblem } from '../client/problem.ts'
import { useApi } from '../shell/api.ts'
import { useHouseholds } from '../shell/household.ts'
import { changedStored } from '../shell/undo.ts'
import { type Account, isDebt, negated } from './account-kinds.ts'
import { AccountTrend } from './account-trend.tsx'
import { attempt, closeAccount, readAccount } from './change-account.ts'
import { ExportTransactions } from './export-transactions.tsx'
import { Beneficiaries } from './heirs.tsx'
import { Liability } from './liability.tsx'
import { todayIn } from './today.ts'
import { usePeople } from './use-household-data.ts'
import { Valuations } from './valuations.tsx'
import { account as m, accounts as words, accountTypes, taxTypes, titles } from '#messages/accounts'

/** Closes an account, or opens it again if there is no date, and offers to undo it. */
const setClosed = async ({ closedOn: before, id, name, version }: Account, closedOn: string | undefined): Promise<void> => {
  const now = await closeAccount(id, closedOn, version)
  const label = closedOn === undefined ? m.reopened(name) : m.closed(name)
  changedStored(
    label,
    now,
    () => readAccount(id),
    at => closeAccount(id, before ?? undefined, at),
  )
}

const CloseDialog = ({
  account,
  onClose,
  timezone,
}: {
  readonly account: Account
  readonly timezone: string
  readonly onClose: () => void
}) => {
  const form = useForm({
    initial: { closedOn: todayIn(timezone) },
    submit: async ({ closedOn }) => {
      await setClosed(account, closedOn)
      onClose()
    },
  })
  return (
    <Dialog title={m.close} onClose={onClose}>
      <p>{m.closeLead}</p>
      <Form form={form} submit={m.doClose} onCancel={onClose}>
        <DateField {...form.text('closedOn')} label={m.closedOn} />
      </Form>
    </Dialog>
  )
}

const Figures = ({ account }: { readonly account: Account }) => {
  const { availableBalance, balanceSource, currency, currentBalance, type, unvestedBalance, vestedBalance } = account
  const money = (amount: string) => <Money value={amount} currency={currency} precision="exact" />
  if (currentBalance === null) return <Notice kind="warn">{m.noValue}</Notice>
  const owes = isDebt(type) && currentBalance.startsWith('-')
  return (
    <Grid>
      <Stat label={owes ? m.owe : m.balance}>{money(owes ? negated(currentBalance) : currentBalance)}</Stat>
      {availableBalance !== null && availableBalance !== currentBalance && (
        <Stat label={m.available} note={balanceSource === 'ledger' ? m.availableNote : undefined}>
          {money(availableBalance)}
        </Stat>
      )}
      {vestedBalance !== null && <Stat label={m.vested}>{money(vestedBalance)}</Stat>}
      {unvestedBalance !== null && <Stat label={m.unvested}>{money(unvestedBalance)}</Stat>}
    </Grid>
  )
}

const AccountFacts = ({ account }: { readonly account: Account }) => {
  const { ownerName } = usePeople(account.householdId)
  const money = (amount: string | null) => amount && <Money value={amount} currency={account.currency} precision="exact" />
  return (
    <Section title={m.facts.title}>
      <Facts
        facts={[
          [m.facts.type, accountTypes[account.type]],
          [m.facts.taxType, account.taxType && taxTypes[account.taxType]],
          [m.facts.institution, account.institutionName],
          [m.facts.number, account.mask && `···${account.mask}`],
          [m.facts.student, account.designatedBeneficiaryId && ownerName(account.designatedBeneficiaryId)],
          [m.facts.owner, ownerName(account.ownerId)],
          [m.facts.currency, account.currency],
          [m.facts.opened, account.openedOn && <CalendarDate date={account.openedOn} />],
          [m.facts.closed, account.closedOn && <CalendarDate date={account.closedOn} />],
          [m.facts.opening, account.balanceSource === 'ledger' && money(account.openingBalance)],
          [m.facts.limit, money(account.creditLimit)],
          [m.facts.stated, account.balanceSource === 'ledger' && money(account.statedBalance)],
          [m.facts.notes, account.notes],
        ]}
      />
    </Section>
  )
}

const Loaded = ({ account }: { readonly account: Account }) => {
  const { households } = useHouseholds()
  const [isClosing, setIsClosing] = useState(false)
  const household = households.find(({ id }) => id === account.householdId)
  const timezone = household?.timezone ?? 'UTC'
  const canEdit = household !== undefined && household.role !== 'viewer'
  const isStated = account.balanceSource === 'stated'
  return (
    <Page
      title={account.name}
      lead={[accountTypes[account.type], account.institutionName, account.mask && `···${account.mask}`].filter(Boolean).join(' · ')}
      actions={
        <>
          {!isStated && (
            <ButtonLink kind="primary" href={`/accounts/${account.id}/register`}>
              {m.register}
            </ButtonLink>
          )}
          {canEdit && !isStated && account.closedOn === null && (
            <ButtonLink href={`/accounts/import?account=${account.id}`}>{words.importFile}</ButtonLink>
          )}
          {canEdit && <ButtonLink href={`/accounts/${account.id}/edit`}>{m.edit}</ButtonLink>}
          {canEdit && account.closedOn === null && <Button onClick={() => setIsClosing(true)}>{m.close}</Button>}
          {canEdit && account.closedOn !== null && (
            <Button onClick={() => void attempt(() => setClosed(account, undefined))}>{m.reopen}</Button>
          )}
        </>
      }
    >
      {!canEdit && household && <Notice>{words.viewer}</Notice>}
      {account.isStale && <Notice kind="warn">{isStated ? m.staleValue : m.staleLedger}</Notice>}
      <Figures account={account} />
      {household && <AccountTrend account={account} timezone={timezone} />}
      {isStated && <Valuations account={account} canEdit={canEdit} timezone={timezone} />}
      {isDebt(account.type) && <Liability account={account} canEdit={canEdit} />}
      <AccountFacts account={account} />
      {account.balanceSource === 'ledger' && <ExportTransactions account={account} />}
      {!isDebt(account.type) && <Beneficiaries account={account} canEdit={canEdit} />}
      {isClosing && <CloseDialog account={account} timezone={timezone} onClose={() => setIsClosing(false)} />}
    </Page>
  )
}

/** An account with its balance over time, its values, facts and beneficiaries. */
const AccountPage = () => {
  const { accountId = '' } = useParams()
  const { data, error, refetch } = useApi('GET /v1/wealth/accounts/{accountId}', { params: { accountId } })
  if (data) return <Loaded key={data.id} account={data} />
  const isGone = error instanceof ApiProblem && error.status === 404
  return (
    <Page title={titles.account}>
      {isGone && (
        <EmptyState title={m.gone} action={<ButtonLink href="/accounts">{m.toAccounts}</ButtonLink>}>
          {m.goneLead}
        </EmptyState>
      )}
      {error && !isGone && <Failure error={error} retry={refetch} />}
      {!error && <Loading />}
    </Page>
  )
}

export default AccountPage
