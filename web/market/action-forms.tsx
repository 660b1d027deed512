import type { ReactNode } from 'react'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { DateField, SelectField, TextField } from '../components/field.tsx'
import { formatNumber } from '../components/format.ts'
import { Form } from '../components/form.tsx'
import { Card, Section } from '../components/page.tsx'
import { parseMoney } from '../components/parse-figure.ts'
import { RowFields, rowField } from '../components/row-fields.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { changed } from '../shell/undo.ts'
import { instrumentPage } from '#messages/market'
import { actionForms as m } from '#messages/market-forms'

type Split = ApiItem<'GET /v1/market/instruments/{symbol}/splits'>
type Dividend = ApiItem<'GET /v1/market/instruments/{symbol}/dividends'>

/** What the fields of a row have: `field('exDate')` gives the properties of one of them. */
type FieldOf<Row> = (name: keyof Row & string) => {
  readonly id: string
  readonly name: string
  readonly error: undefined
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The form of one list, which replaces the stored list as a whole. */
const RowsForm = <Row extends Readonly<Record<string, string>>>({
  children,
  draft,
  isRight,
  makeRow,
  rows: stored,
  store,
  words,
}: {
  readonly draft: string
  readonly rows: readonly Row[]
  readonly makeRow: () => Row
  /** Checked before anything is sent, so that the row can be named. */
  readonly isRight: (row: Row) => boolean
  /** Stores the rows, and returns what reverts it. */
  readonly store: (rows: readonly Row[]) => Promise<() => Promise<void>>
  readonly words: Readonly<Record<'legend' | 'add' | 'submit' | 'stored', string>> &
    Readonly<Record<'row' | 'remove' | 'wrong', (number: number) => string>>
  readonly children: (field: FieldOf<Row>) => ReactNode
}) => {
  const rowsOf = (text: string) => JSON.parse(text) as readonly Row[]
  const form = useForm({
    // One text, so that a draft keeps it.
    initial: { rows: JSON.stringify(stored) },
    draft,
    check: ({ rows }): Readonly<Record<string, string>> => {
      const wrong = rowsOf(rows).findIndex(row => !isRight(row))
      return wrong === -1 ? {} : { rows: words.wrong(wrong + 1) }
    },
    fieldOf: () => 'rows',
    submit: async ({ rows }) => changed(words.stored, await store(rowsOf(rows))),
  })
  const { error, id, onChange, value } = form.text('rows')
  return (
    <Form form={form} submit={words.submit}>
      <RowFields<Row>
        id={id}
        error={error}
        legend={words.legend}
        rows={rowsOf(value)}
        onChange={rows => onChange(JSON.stringify(rows))}
        add={words.add}
        makeRow={makeRow}
        nameOf={words.row}
        removeWords={words.remove}
      >
        {(row, change, index) =>
          children(name => ({
            ...rowField(id, index, name),
            value: row[name] ?? '',
            onChange: text => change({ [name]: text } as Partial<Row>),
          }))
        }
      </RowFields>
    </Form>
  )
}

const refresh = () =>
  refreshQueries(
    'GET /v1/market/instruments/{symbol}/splits',
    'GET /v1/market/instruments/{symbol}/dividends',
    'GET /v1/market/bars',
    'GET /v1/market/bar-faults',
    'GET /v1/market/instruments/{symbol}/indicators',
  )

const Splits = ({ splits, symbol }: { readonly symbol: string; readonly splits: readonly Split[] }) => {
  const put = async (items: readonly Split[]): Promise<void> => {
    await api('PUT /v1/market/instruments/{symbol}/splits', { params: { symbol }, body: { items: [...items] } })
    await refresh()
  }
  return (
    <RowsForm<Readonly<Record<keyof Split, string>>>
      draft={`splits ${symbol}`}
      rows={splits.map(({ denominator, exDate, numerator }) => ({
        exDate,
        numerator: String(numerator),
        denominator: String(denominator),
      }))}
      makeRow={() => ({ exDate: '', numerator: '2', denominator: '1' })}
      isRight={({ denominator, exDate, numerator }) =>
        exDate !== '' && numerator !== denominator && [numerator, denominator].every(part => /^[1-9]\d*$/.test(part))
      }
      store={async rows => {
        await put(rows.map(row => ({ exDate: row.exDate, numerator: Number(row.numerator), denominator: Number(row.denominator) })))
        return () => put(splits)
      }}
      words={{ ...m.splits, stored: m.splits.stored(symbol) }}
    >
      {field => (
        <>
          <DateField {...field('exDate')} label={instrumentPage.exDate} />
          <TextField {...field('numerator')} label={m.newShares} inputMode="numeric" />
          <TextField {...field('denominator')} label={m.oldShares} inputMode="numeric" />
        </>
      )}
    </RowsForm>
  )
}

const Dividends = ({ dividends, symbol }: { readonly symbol: string; readonly dividends: readonly Dividend[] }) => {
  const look = useLook()
  const put = async (items: readonly Dividend[]): Promise<void> => {
    await api('PUT /v1/market/instruments/{symbol}/dividends', { params: { symbol }, body: { items: [...items] } })
    await refresh()
  }
  return (
    <RowsForm<Readonly<Record<keyof Dividend, string>>>
      draft={`dividends ${symbol}`}
      rows={dividends.map(({ amount, exDate, kind, payDate, recordDate }) => ({
        exDate,
        kind,
        amount: formatNumber(amount, look, 8),
        recordDate: recordDate ?? '',
        payDate: payDate ?? '',
      }))}
      makeRow={() => ({ exDate: '', kind: 'regular', amount: '', recordDate: '', payDate: '' })}
      isRight={({ amount, exDate }) => exDate !== '' && Number(parseMoney(amount, look.locale) ?? 0) > 0}
      store={async rows => {
        await put(
          rows.map(({ amount, exDate, kind, payDate, recordDate }) => ({
            exDate,
            kind: kind as Dividend['kind'],
            amount: parseMoney(amount, look.locale) ?? amount,
            recordDate: recordDate || null,
            payDate: payDate || null,
          })),
        )
        return () => put(dividends)
      }}
      words={{ ...m.dividends, stored: m.dividends.stored(symbol) }}
    >
      {field => (
        <>
          <DateField {...field('exDate')} label={instrumentPage.exDate} />
          <SelectField {...field('kind')} label={m.kind} options={Object.entries(instrumentPage.dividendKinds)} />
          <TextField {...field('amount')} label={m.amount} inputMode="decimal" />
          <DateField {...field('payDate')} label={instrumentPage.payDate} optional />
        </>
      )}
    </RowsForm>
  )
}

/** Changes the splits and the dividends of an instrument. A form begins anew when its stored list has changed. */
export const ActionForms = ({
  dividends,
  splits,
  symbol,
}: {
  readonly symbol: string
  readonly splits: readonly Split[]
  readonly dividends: readonly Dividend[]
}) => (
  <Section title={instrumentPage.actions} lead={m.lead}>
    <Card>
      <Splits key={JSON.stringify(splits)} symbol={symbol} splits={splits} />
    </Card>
    <Card>
      <Dividends key={JSON.stringify(dividends)} symbol={symbol} dividends={dividends} />
    </Card>
  </Section>
)
