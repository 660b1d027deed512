import type { ApiItem, ApiRequest } from '../../lambdas/api-types.ts'
import { DateField, SelectField, TextField } from '../components/field.tsx'
import { formatNumber } from '../components/format.ts'
import { Form } from '../components/form.tsx'
import { Card, Section } from '../components/page.tsx'
import { parseMoney } from '../components/parse-figure.ts'
import { RowFields, rowField } from '../components/row-fields.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { type Look, useLook } from '../shell/preferences.ts'
import { changed } from '../shell/undo.ts'
import { actionForms as m, instrumentPage } from '#messages/market'

type Split = ApiItem<'GET /v1/market/instruments/{symbol}/splits'>
type Dividend = ApiItem<'GET /v1/market/instruments/{symbol}/dividends'>
type DividendItem = ApiRequest<'PUT /v1/market/instruments/{symbol}/dividends'>['body']['items'][number]

/** All errors of the server are about the rows. */
const fieldOf = (): string => 'rows'

/** Names the first row that is not right, before anything is sent. */
const firstWrong = (right: readonly boolean[], words: (number: number) => string): Readonly<Record<string, string>> => {
  const wrong = right.indexOf(false)
  return wrong === -1 ? {} : { rows: words(wrong + 1) }
}

const refresh = () =>
  refreshQueries(
    'GET /v1/market/instruments/{symbol}/splits',
    'GET /v1/market/instruments/{symbol}/dividends',
    'GET /v1/market/bars',
    'GET /v1/market/bar-faults',
    'GET /v1/market/instruments/{symbol}/indicators',
  )

const putSplits = async (symbol: string, items: readonly Split[]): Promise<void> => {
  await api('PUT /v1/market/instruments/{symbol}/splits', { params: { symbol }, body: { items: [...items] } })
  await refresh()
}

const putDividends = async (symbol: string, items: readonly DividendItem[]): Promise<void> => {
  await api('PUT /v1/market/instruments/{symbol}/dividends', { params: { symbol }, body: { items: [...items] } })
  await refresh()
}

type SplitRow = Readonly<Record<keyof Split, string>>

/** The rows are one text of the form, so that a draft keeps them. */
const splitRows = (text: string) => JSON.parse(text) as readonly SplitRow[]

const isSplit = ({ denominator, exDate, numerator }: SplitRow): boolean =>
  exDate !== '' && [numerator, denominator].every(part => /^[1-9]\d*$/.test(part)) && numerator !== denominator

const isAmount = (text: string, { locale }: Look): boolean => Number(parseMoney(text, locale) ?? 0) > 0

const SplitForm = ({ splits, symbol }: { readonly symbol: string; readonly splits: readonly Split[] }) => {
  const form = useForm({
    initial: {
      rows: JSON.stringify(
        splits.map(({ denominator, exDate, numerator }) => ({ exDate, numerator: String(numerator), denominator: String(denominator) })),
      ),
    },
    draft: `splits ${symbol}`,
    check: ({ rows }) => firstWrong(splitRows(rows).map(isSplit), m.splitWrong),
    fieldOf,
    submit: async ({ rows }) => {
      const items = splitRows(rows).map(({ denominator, exDate, numerator }) => ({
        exDate,
        numerator: Number(numerator),
        denominator: Number(denominator),
      }))
      await putSplits(symbol, items)
      changed(m.splitsStored(symbol), () => putSplits(symbol, splits))
    },
  })
  const { error, id, onChange, value } = form.text('rows')
  return (
    <Form form={form} submit={m.storeSplits}>
      <RowFields<SplitRow>
        id={id}
        error={error}
        legend={m.splits}
        rows={splitRows(value)}
        onChange={rows => onChange(JSON.stringify(rows))}
        add={m.addSplit}
        makeRow={() => ({ exDate: '', numerator: '2', denominator: '1' })}
        nameOf={m.split}
        removeWords={m.removeSplit}
      >
        {(row, change, index) => (
          <>
            <DateField
              {...rowField(id, index, 'exDate')}
              label={instrumentPage.exDate}
              value={row.exDate}
              onChange={exDate => change({ exDate })}
            />
            <TextField
              {...rowField(id, index, 'numerator')}
              label={m.newShares}
              inputMode="numeric"
              value={row.numerator}
              onChange={numerator => change({ numerator })}
            />
            <TextField
              {...rowField(id, index, 'denominator')}
              label={m.oldShares}
              inputMode="numeric"
              value={row.denominator}
              onChange={denominator => change({ denominator })}
            />
          </>
        )}
      </RowFields>
    </Form>
  )
}

type DividendRow = Readonly<Record<'exDate' | 'kind' | 'amount' | 'recordDate' | 'payDate', string>>

const dividendRows = (text: string) => JSON.parse(text) as readonly DividendRow[]

const DividendForm = ({ dividends, symbol }: { readonly symbol: string; readonly dividends: readonly Dividend[] }) => {
  const look = useLook()
  const form = useForm({
    initial: {
      rows: JSON.stringify(
        dividends.map(({ amount, exDate, kind, payDate, recordDate }) => ({
          exDate,
          kind,
          amount: formatNumber(amount, look, 8),
          recordDate: recordDate ?? '',
          payDate: payDate ?? '',
        })),
      ),
    },
    draft: `dividends ${symbol}`,
    check: ({ rows }) =>
      firstWrong(
        dividendRows(rows).map(row => row.exDate !== '' && isAmount(row.amount, look)),
        m.dividendWrong,
      ),
    fieldOf,
    submit: async ({ rows }) => {
      const items = dividendRows(rows).map(({ amount, exDate, kind, payDate, recordDate }) => ({
        exDate,
        kind: kind as Dividend['kind'],
        amount: parseMoney(amount, look.locale) ?? amount,
        recordDate: recordDate || null,
        payDate: payDate || null,
      }))
      await putDividends(symbol, items)
      changed(m.dividendsStored(symbol), () => putDividends(symbol, dividends))
    },
  })
  const { error, id, onChange, value } = form.text('rows')
  return (
    <Form form={form} submit={m.storeDividends}>
      <RowFields<DividendRow>
        id={id}
        error={error}
        legend={m.dividends}
        rows={dividendRows(value)}
        onChange={rows => onChange(JSON.stringify(rows))}
        add={m.addDividend}
        makeRow={() => ({ exDate: '', kind: 'regular', amount: '', recordDate: '', payDate: '' })}
        nameOf={m.dividend}
        removeWords={m.removeDividend}
      >
        {(row, change, index) => (
          <>
            <DateField
              {...rowField(id, index, 'exDate')}
              label={instrumentPage.exDate}
              value={row.exDate}
              onChange={exDate => change({ exDate })}
            />
            <SelectField
              {...rowField(id, index, 'kind')}
              label={m.kind}
              value={row.kind}
              options={Object.entries(instrumentPage.dividendKinds)}
              onChange={kind => change({ kind })}
            />
            <TextField
              {...rowField(id, index, 'amount')}
              label={m.amount}
              inputMode="decimal"
              value={row.amount}
              onChange={amount => change({ amount })}
            />
            <DateField
              {...rowField(id, index, 'payDate')}
              label={instrumentPage.payDate}
              value={row.payDate}
              onChange={payDate => change({ payDate })}
              optional
            />
          </>
        )}
      </RowFields>
    </Form>
  )
}

/** Changes the splits and the dividends of an instrument. Each list replaces the stored one as a whole, and begins anew after it changed. */
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
      <SplitForm key={JSON.stringify(splits)} symbol={symbol} splits={splits} />
    </Card>
    <Card>
      <DividendForm key={JSON.stringify(dividends)} symbol={symbol} dividends={dividends} />
    </Card>
  </Section>
)
