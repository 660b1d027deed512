import type { ApiAnswer, ApiRequest } from '../../lambdas/api-types.ts'
import { DateField, MoneyField, PercentField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { formatNumber } from '../components/format.ts'
import { parsePercent, percentOf } from '../components/parse-figure.ts'
import { useForm } from '../components/use-form.ts'
import { api } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { changedStored } from '../shell/undo.ts'
import type { Account } from './account-kinds.ts'
import { refreshAccounts } from './change-account.ts'
import { amountFault, amountIn, amountText } from './money-text.ts'
import * as m from '#messages/liability'
import { form as words } from '#messages/shell'

export type Liability = ApiAnswer<'GET /v1/wealth/accounts/{accountId}/liability-terms'>
type Entered = ApiRequest<'PUT /v1/wealth/accounts/{accountId}/liability-terms'>['body']['terms']

const put = async (accountId: string, terms: Entered, ifMatch: number): Promise<Liability> => {
  const answer = await api('PUT /v1/wealth/accounts/{accountId}/liability-terms', { params: { accountId }, body: { terms }, ifMatch })
  await refreshAccounts()
  return answer
}

const read = (accountId: string): Promise<Liability> =>
  api('GET /v1/wealth/accounts/{accountId}/liability-terms', { params: { accountId } })

/** What a person can enter of stored terms. */
const enteredOf = ({ terms }: Liability): Entered => {
  if (!terms) return null
  const { aprs: _, details: __, isOverdue: ___, kind: ____, source: _____, updatedAt: ______, ...entered } = terms
  return entered
}

const orNull = (text: string): string | null => (text === '' ? null : text)

/** Replaces the terms of a card, loan or mortgage. */
export const LiabilityForm = ({
  account,
  liability,
  onClose,
}: {
  readonly account: Account
  readonly liability: Liability
  readonly onClose: () => void
}) => {
  const look = useLook()
  const before = enteredOf(liability)
  const isCard = account.type === 'credit_card'
  const form = useForm({
    initial: {
      interestRate: before?.interestRate ? formatNumber(percentOf(before.interestRate), look, 4) : '',
      minimumPayment: amountText(before?.minimumPayment ?? null, look),
      nextPaymentDueOn: before?.nextPaymentDueOn ?? '',
      lastStatementBalance: amountText(before?.lastStatementBalance ?? null, look),
      lastStatementOn: before?.lastStatementOn ?? '',
      originalPrincipal: amountText(before?.originalPrincipal ?? null, look),
      originatedOn: before?.originatedOn ?? '',
      maturesOn: before?.maturesOn ?? '',
    },
    check: values => ({
      interestRate:
        values.interestRate.trim() !== '' && parsePercent(values.interestRate, look.locale) === undefined ? words.notPercent : undefined,
      minimumPayment: amountFault(values.minimumPayment, look),
      lastStatementBalance: amountFault(values.lastStatementBalance, look),
      originalPrincipal: amountFault(values.originalPrincipal, look),
    }),
    fieldOf: path => path.replace(/^body\.(terms\.)?/, ''),
    submit: async values => {
      const terms = {
        ...before,
        interestRate: values.interestRate.trim() === '' ? null : parsePercent(values.interestRate, look.locale)!,
        minimumPayment: amountIn(values.minimumPayment, look) ?? null,
        nextPaymentDueOn: orNull(values.nextPaymentDueOn),
        lastStatementBalance: amountIn(values.lastStatementBalance, look) ?? null,
        lastStatementOn: orNull(values.lastStatementOn),
        originalPrincipal: amountIn(values.originalPrincipal, look) ?? null,
        originatedOn: orNull(values.originatedOn),
        maturesOn: orNull(values.maturesOn),
      }
      const isEmpty = Object.values(values).every(text => text.trim() === '')
      const stored = await put(account.id, isEmpty ? null : terms, liability.version)
      changedStored(
        isEmpty ? m.removed : m.stored,
        stored,
        () => read(account.id),
        at => put(account.id, before, at),
      )
      onClose()
    },
  })
  const sign = { currencySign: account.currency, optional: true }
  return (
    <Form form={form} submit={m.store} onCancel={onClose}>
      <p>{m.formLead}</p>
      <PercentField {...form.text('interestRate')} label={isCard ? m.fields.cardRate : m.fields.rate} optional />
      <MoneyField {...form.text('minimumPayment')} label={isCard ? m.fields.minimum : m.fields.payment} {...sign} />
      <DateField {...form.text('nextPaymentDueOn')} label={m.fields.due} optional />
      {isCard ? (
        <>
          <MoneyField {...form.text('lastStatementBalance')} label={m.fields.statement} {...sign} />
          <DateField {...form.text('lastStatementOn')} label={m.fields.statementOn} optional />
        </>
      ) : (
        <>
          <MoneyField {...form.text('originalPrincipal')} label={m.fields.principal} {...sign} />
          <DateField {...form.text('originatedOn')} label={m.fields.originated} optional />
          <DateField {...form.text('maturesOn')} label={m.fields.matures} optional />
        </>
      )}
    </Form>
  )
}
