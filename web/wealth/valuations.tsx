import { useState } from 'react'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button, IconButton } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { DateField, MoneyField, TextField } from '../components/field.tsx'
import { CalendarDate, Money } from '../components/figures.tsx'
import { Form } from '../components/form.tsx'
import { formatDate } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useForm } from '../components/use-form.ts'
import { api } from '../shell/api.ts'
import { useApiPages } from '../shell/api-pages.ts'
import { useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { changed } from '../shell/undo.ts'
import { type Account, isDebt, negated } from './account-kinds.ts'
import styles from './accounts.module.css'
import { attempt, refreshAccounts } from './change-account.ts'
import { amountFault, amountIn, amountText } from './money-text.ts'
import { todayIn } from './today.ts'
import { accountForm, valuations as m } from '#messages/accounts'

type Valuation = ApiItem<'GET /v1/wealth/accounts/{accountId}/valuations'>

const add = async (accountId: string, body: { date: string; balance: string; note: string | null }, idempotencyKey?: string) => {
  await api('POST /v1/wealth/accounts/{accountId}/valuations', {
    params: { accountId },
    body,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })
  await refreshAccounts()
}

const remove = ({ accountId, balance, date, id, note, version }: Valuation) =>
  attempt(async () => {
    await api('DELETE /v1/wealth/accounts/{accountId}/valuations/{valuationId}', {
      params: { accountId, valuationId: id },
      ifMatch: version,
    })
    await refreshAccounts()
    changed(m.removed, () => add(accountId, { date, balance, note }))
  })

/** Adds a value, or corrects one. */
const ValuationDialog = ({
  account,
  onClose,
  timezone,
  valuation,
}: {
  readonly account: Account
  readonly valuation: Valuation | undefined
  readonly timezone: string
  readonly onClose: () => void
}) => {
  const look = useLook()
  const owes = isDebt(account.type)
  const shown = valuation && (owes ? negated(valuation.balance) : valuation.balance)
  const form = useForm({
    initial: { date: valuation?.date ?? todayIn(timezone), balance: amountText(shown ?? null, look), note: valuation?.note ?? '' },
    check: values => ({ balance: amountFault(values.balance, look, true) }),
    submit: async (values, idempotencyKey) => {
      const amount = amountIn(values.balance, look)!
      const note = values.note.trim()
      const body = { date: values.date, balance: owes ? negated(amount) : amount, note: note === '' ? null : note }
      if (valuation) {
        const params = { accountId: account.id, valuationId: valuation.id }
        await api('PATCH /v1/wealth/accounts/{accountId}/valuations/{valuationId}', { params, body, ifMatch: valuation.version })
        await refreshAccounts()
      } else await add(account.id, body, idempotencyKey)
      showToast({ kind: 'good', text: m.stored })
      onClose()
    },
  })
  return (
    <Dialog title={valuation ? m.correct(formatDate(valuation.date, look)) : m.add} onClose={onClose}>
      <Form form={form} submit={m.store} onCancel={onClose}>
        <DateField {...form.text('date')} label={m.date} />
        <MoneyField
          {...form.text('balance')}
          label={owes ? accountForm.owed : m.balance}
          {...(owes ? { help: accountForm.owedHelp } : {})}
          currencySign={account.currency}
        />
        <TextField {...form.text('note')} label={m.note} optional />
      </Form>
    </Dialog>
  )
}

/** The values of an account with a stated balance, the newest first. */
export const Valuations = ({
  account,
  canEdit,
  timezone,
}: {
  readonly account: Account
  readonly canEdit: boolean
  readonly timezone: string
}) => {
  const look = useLook()
  const [open, setOpen] = useState<Valuation | 'new'>()
  const list = useApiPages('GET /v1/wealth/accounts/{accountId}/valuations', { params: { accountId: account.id }, query: { limit: 50 } })
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={
        canEdit ? (
          <Button kind="primary" icon="plus" onClick={() => setOpen('new')}>
            {m.add}
          </Button>
        ) : undefined
      }
    >
      <List list={list} empty={<p className={styles['quiet']}>{m.empty}</p>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'date',
                header: m.date,
                cell: ({ date }) => (
                  <span className={styles['once']}>
                    <CalendarDate date={date} />
                  </span>
                ),
              },
              {
                key: 'balance',
                header: m.balance,
                align: 'end',
                cell: ({ balance }) => <Money value={balance} currency={account.currency} precision="exact" />,
              },
              { key: 'source', header: m.source, wide: true, cell: ({ source }) => m.sources[source] },
              { key: 'note', header: m.note, wide: true, cell: ({ note }) => note },
              {
                key: 'actions',
                header: m.actions,
                align: 'end',
                cell: each =>
                  canEdit && each.source === 'person' ? (
                    <>
                      <IconButton icon="edit" label={m.correct(formatDate(each.date, look))} onClick={() => setOpen(each)} />
                      <IconButton icon="close" label={m.remove(formatDate(each.date, look))} onClick={() => void remove(each)} />
                    </>
                  ) : null,
              },
            ]}
          />
        )}
      </List>
      {open && (
        <ValuationDialog
          account={account}
          timezone={timezone}
          valuation={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Section>
  )
}
