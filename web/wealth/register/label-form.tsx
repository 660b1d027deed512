import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { SelectField, TextAreaField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api } from '../../shell/api.ts'
import { changedStored } from '../../shell/undo.ts'
import { readTransaction, showChanged, type Transaction } from './transaction.ts'
import { categoryOf, choiceOf, useCategories } from './use-categories.ts'
import { labels as m } from '#messages/register'

type Labels = ApiRequest<'PATCH /v1/wealth/transactions/{transactionId}'>['body']

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map(each => each.trim())
    .filter(Boolean)

const valuesOf = (transaction: Transaction) => ({
  category: choiceOf(transaction),
  merchantName: transaction.merchantName ?? '',
  notes: transaction.notes ?? '',
  tags: transaction.tags.join(', '),
  attachments: transaction.attachments.join(', '),
})
type Values = ReturnType<typeof valuesOf>

/** Only what was changed: what a person sets is theirs, and what they clear goes back to rules and the bank. */
const labelsOf = (values: Values, before: Values): Labels => {
  const { category, categoryId } = categoryOf(values.category)
  const chosen = categoryId === null ? { category: category === 'other' ? null : category } : { categoryId }
  return {
    ...(values.category !== before.category && chosen),
    ...(values.merchantName !== before.merchantName && { merchantName: values.merchantName.trim() || null }),
    ...(values.notes !== before.notes && { notes: values.notes.trim() || null }),
    ...(values.tags !== before.tags && { tags: listOf(values.tags) }),
    ...(values.attachments !== before.attachments && { attachments: listOf(values.attachments) }),
  }
}

/** Changes the labels of a transaction. */
export const LabelForm = ({
  onDone,
  onReverse,
  onSplit,
  transaction,
}: {
  readonly transaction: Transaction
  readonly onDone: () => void
  readonly onSplit: () => void
  readonly onReverse: () => void
}) => {
  const { options } = useCategories()
  const params = { transactionId: transaction.id }
  const before = valuesOf(transaction)
  const patch = async (body: Labels, version: number): Promise<Transaction> => {
    const row = await api('PATCH /v1/wealth/transactions/{transactionId}', { params, body, ifMatch: version })
    showChanged(row)
    return row
  }
  const read = () => readTransaction(transaction.id)
  const { conflict, form } = useVersionedForm({
    stored: transaction,
    valuesOf,
    labels: { category: m.category, merchantName: m.merchant, notes: m.notes, tags: m.tags, attachments: m.attachments },
    reload: read,
    fieldOf: path =>
      path
        .replace(/^body\./, '')
        .replace('categoryId', 'category')
        .split('.')[0]!,
    save: async (values, version) => {
      const body = labelsOf(values, before)
      if (Object.keys(body).length > 0) {
        const row = await patch(body, version)
        changedStored(m.saved, row, read, at => patch(labelsOf(before, values), at))
      }
      onDone()
    },
  })
  const { isPending, reversedById, reversesId } = transaction
  const isFinal = isPending || reversedById !== null || reversesId !== null
  return (
    <>
      <Form
        form={form}
        submit={m.save}
        onCancel={onDone}
        others={
          <>
            {Number(transaction.amount) !== 0 && <Button onClick={onSplit}>{m.divide}</Button>}
            {!isFinal && <Button onClick={onReverse}>{m.reverse}</Button>}
          </>
        }
      >
        <SelectField {...form.text('category')} label={m.category} options={options} help={m.categoryHelp} />
        <TextField {...form.text('merchantName')} label={m.merchant} optional />
        <TextField {...form.text('tags')} label={m.tags} help={m.tagsHelp} optional />
        <TextAreaField {...form.text('notes')} label={m.notes} rows={2} optional />
        <TextField {...form.text('attachments')} label={m.attachments} help={m.tagsHelp} optional />
        <p>{m.fixed}</p>
      </Form>
      {conflict}
    </>
  )
}
