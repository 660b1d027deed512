import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { PercentField, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatMoney, formatNumber } from '../../components/format.ts'
import { parseMoney, parseNumber } from '../../components/parse-figure.ts'
import { rowField, RowFields } from '../../components/row-fields.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { changedStored } from '../../shell/undo.ts'
import { fromCents, toCents } from './cents.ts'
import styles from './register.module.css'
import { readTransaction, showChanged, type Transaction } from './transaction.ts'
import { categoryOf, choiceOf, useCategories } from './use-categories.ts'
import { splits as m } from '#messages/register'

interface Part {
  readonly category: string
  /** Without the sign of the transaction, or a percentage. */
  readonly figure: string
  readonly notes: string
}
type Way = keyof typeof m.ways

/** Divides a transaction: by amounts, of which the rest is shown, by percent, or evenly. */
export const SplitForm = ({ onDone, transaction }: { readonly transaction: Transaction; readonly onDone: () => void }) => {
  const look = useLook()
  const { options } = useCategories()
  const { amount, currency, id, splits, version } = transaction
  const sign = amount.startsWith('-') ? '-' : ''
  const unsigned = (text: string) => formatNumber(text.replace('-', ''), look, 2)
  const parse = (text: string): bigint | undefined => toCents(parseMoney(text, look.locale))
  const partsOf = (text: string) => JSON.parse(text) as readonly Part[]
  const first: readonly Part[] =
    splits.length > 0
      ? splits.map(part => ({ category: choiceOf(part), figure: unsigned(part.amount), notes: part.notes ?? '' }))
      : [
          { category: choiceOf(transaction), figure: unsigned(amount), notes: '' },
          { category: 'other', figure: '', notes: '' },
        ]
  const put = async (parts: readonly object[], ifMatch: number): Promise<Transaction> => {
    const row = await api('PUT /v1/wealth/transactions/{transactionId}/splits', {
      params: { transactionId: id },
      body: { splits: parts as Transaction['splits'] },
      ifMatch,
    })
    showChanged(row)
    return row
  }
  const store = async (parts: readonly object[], words: string): Promise<void> => {
    const row = await put(parts, version)
    changedStored(
      words,
      row,
      () => readTransaction(id),
      at => put(splits, at),
    )
    onDone()
  }
  const form = useForm({
    initial: { parts: JSON.stringify(first), way: 'amounts' },
    fieldOf: () => 'parts',
    check: ({ parts, way }): Readonly<Record<string, string>> => {
      const wrong = way === 'evenly' ? -1 : partsOf(parts).findIndex(({ figure }) => parse(figure) === undefined)
      return wrong === -1 ? {} : { parts: m.wrong(wrong + 1) }
    },
    submit: ({ parts, way }) =>
      store(
        partsOf(parts).map(({ category, figure, notes }) => ({
          ...(way === 'amounts'
            ? { amount: `${sign}${fromCents(parse(figure)!)}` }
            : { weight: way === 'evenly' ? '1' : parseNumber(figure, look.locale)! }),
          ...categoryOf(category),
          notes: notes.trim() || null,
        })),
        m.done,
      ),
  })
  const { error, id: fieldId, onChange, value } = form.text('parts')
  const way = form.values.way as Way
  const rows = partsOf(value)
  const left = rows.reduce((rest, { figure }) => rest - (parse(figure) ?? 0n), toCents(amount.replace('-', ''))!)
  return (
    <Form
      form={form}
      submit={m.save}
      onCancel={onDone}
      others={splits.length > 0 && <Button onClick={() => void store([], m.joined)}>{m.join}</Button>}
    >
      <p>{m.lead(formatMoney(amount, look, { currency, precision: 'exact' }))}</p>
      <Choice<Way>
        label={m.how}
        value={way}
        onChange={chosen => form.set({ way: chosen })}
        options={Object.entries(m.ways) as [Way, string][]}
      />
      <RowFields<Part>
        id={fieldId}
        error={error}
        legend={m.legend}
        rows={rows}
        onChange={parts => onChange(JSON.stringify(parts))}
        add={m.add}
        makeRow={() => ({ category: 'other', figure: '', notes: '' })}
        nameOf={m.part}
        removeWords={m.remove}
      >
        {(part, change, index) => {
          const field = (name: keyof Part) => ({
            ...rowField(fieldId, index, name),
            value: part[name],
            onChange: (text: string) => change({ [name]: text }),
          })
          return (
            <>
              <SelectField {...field('category')} label={m.category} options={options} />
              {way === 'amounts' && <TextField {...field('figure')} label={m.amount} inputMode="decimal" />}
              {way === 'percents' && <PercentField {...field('figure')} label={m.percent} />}
              <TextField {...field('notes')} label={m.notes} optional />
            </>
          )
        }}
      </RowFields>
      {way === 'amounts' && (
        <p role="status" className={styles['left']}>
          {left === 0n ? m.nothingLeft : m.left(formatMoney(fromCents(left), look, { currency, precision: 'exact' }))}
        </p>
      )}
    </Form>
  )
}
