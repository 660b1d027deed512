import { CheckboxField, DateField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatNumber } from '../../components/format.ts'
import { parseMoney } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { refreshLedger, type Transaction } from './transaction.ts'
import { entry, reversing as m } from '#messages/register'

/** Asks whether to reverse a transaction, and for the right one if it is of cash. */
export const ReverseForm = ({
  onCancel,
  onDone,
  transaction: { amount, date, description, id, type },
}: {
  readonly transaction: Transaction
  readonly onDone: () => void
  readonly onCancel: () => void
}) => {
  const look = useLook()
  const form = useForm({
    initial: { notes: '', replace: false, date, description, amount: formatNumber(amount, look, 2) },
    fieldOf: path => path.replace(/^body\.(replacement\.)?/, ''),
    check: values => (values.replace && parseMoney(values.amount, look.locale) === undefined ? { amount: entry.needsAmount } : {}),
    submit: async (values, idempotencyKey) => {
      const right = { date: values.date, description: values.description, amount: parseMoney(values.amount, look.locale)! }
      const body = { ...(values.notes === '' ? {} : { notes: values.notes }), ...(values.replace ? { replacement: right } : {}) }
      await api('POST /v1/wealth/transactions/{transactionId}/reversals', { params: { transactionId: id }, body, idempotencyKey })
      showToast({ kind: 'good', text: m.done })
      onDone()
      await refreshLedger()
    },
  })
  return (
    <Form form={form} submit={m.submit} onCancel={onCancel}>
      <p>{m.lead}</p>
      <TextField {...form.text('notes')} label={m.notes} optional />
      {type === 'cash' && <CheckboxField {...form.checkbox('replace')} label={m.replace} />}
      {form.values.replace && (
        <>
          <DateField {...form.text('date')} label={entry.date} />
          <TextField {...form.text('description')} label={entry.description} />
          <TextField {...form.text('amount')} label={entry.amount} inputMode="text" />
        </>
      )}
    </Form>
  )
}
