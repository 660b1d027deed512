import { useState } from 'react'
import { useLocation } from 'wouter'
import { Button, ButtonLink } from '../components/button.tsx'
import { TextAreaField, TextField } from '../components/field.tsx'
import { CalendarDate, Count } from '../components/figures.tsx'
import { Form } from '../components/form.tsx'
import { formatNumber } from '../components/format.ts'
import { Card, Grid, Notice, Section, Stat } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { LongTable } from '../components/table.tsx'
import { useForm } from '../components/use-form.ts'
import { AdministratorPage } from '../shell/administrator-page.tsx'
import { type Look, useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { mostRates, type RateRow, readRates, storedRates, storeRates } from './fx-rows.ts'
import { fx } from '#messages/market'
import { fxLoad as m } from '#messages/market-forms'

interface Checked {
  readonly values: Values
  readonly rows: readonly (RateRow & { readonly before: string | undefined })[]
}
type Values = Readonly<Record<'base' | 'quote' | 'source' | 'text', string>>

const codeOf = (text: string): string => text.trim().toUpperCase()

const checkValues = ({ base, quote, text }: Values, look: Look): Readonly<Record<string, string>> => {
  const { faults, rows } = readRates(text)
  const isCode = (code: string) => /^[A-Z]{3}$/.test(codeOf(code))
  const reasons = [
    ...(faults.length > 0 ? [faults.slice(0, 5).join(' · ')] : []),
    ...(rows.length === 0 ? [m.noRows] : []),
    ...(rows.length > mostRates ? [m.tooMany(formatNumber(mostRates, look))] : []),
  ]
  return {
    ...(isCode(base) ? {} : { base: m.notCurrency }),
    ...(isCode(quote) ? (codeOf(base) === codeOf(quote) ? { quote: m.sameCurrency } : {}) : { quote: m.notCurrency }),
    ...(reasons.length > 0 ? { text: reasons[0]! } : {}),
  }
}

const Preview = ({
  checked: { rows, values },
  isStale,
  onStored,
}: {
  readonly checked: Checked
  readonly isStale: boolean
  readonly onStored: () => void
}) => {
  const look = useLook()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const store = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const [base, quote, source] = [codeOf(values.base), codeOf(values.quote), values.source.trim() || null]
      const count = await storeRates(rows.map(({ date, rate }) => ({ base, quote, date, rate, source })))
      showToast({ kind: 'good', text: m.stored(formatNumber(count, look)) })
      onStored()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const fresh = rows.filter(({ before }) => before === undefined).length
  const unchanged = rows.filter(({ before, rate }) => before !== undefined && Number(before) === Number(rate)).length
  const rateText = (rate: string) => formatNumber(rate, look, 10)
  return (
    <Section title={m.preview} lead={m.previewLead}>
      <Grid>
        <Stat label={m.fresh}>
          <Count value={fresh} />
        </Stat>
        <Stat label={m.replaced}>
          <Count value={rows.length - fresh - unchanged} />
        </Stat>
        <Stat label={m.unchanged}>
          <Count value={unchanged} />
        </Stat>
      </Grid>
      {isStale && <Notice kind="warn">{m.stale}</Notice>}
      <LongTable
        caption={fx.caption(codeOf(values.base), codeOf(values.quote))}
        rows={rows}
        rowKey={({ date }) => date}
        columns={[
          { key: 'day', header: fx.day, cell: ({ date }) => <CalendarDate date={date} /> },
          { key: 'before', header: m.before, align: 'end', cell: ({ before }) => before !== undefined && rateText(before) },
          { key: 'after', header: m.after, align: 'end', cell: ({ rate }) => rateText(rate) },
        ]}
      />
      {failure !== undefined && <Failure error={failure} retry={store} />}
      <p>
        <Button kind="primary" busy={busy} disabled={isStale} onClick={() => void store()}>
          {m.store}
        </Button>
      </p>
    </Section>
  )
}

const LoadRates = () => {
  const look = useLook()
  const [, navigate] = useLocation()
  const [checked, setChecked] = useState<Checked>()
  const form = useForm<Values>({
    initial: { base: 'EUR', quote: look.currency === 'EUR' ? 'USD' : look.currency, source: '', text: '' },
    draft: 'exchange-rates',
    check: values => checkValues(values, look),
    submit: async values => {
      const { rows } = readRates(values.text)
      const stored = await storedRates(codeOf(values.base), codeOf(values.quote), rows[0]!.date, rows.at(-1)!.date)
      setChecked({ values, rows: rows.map(row => ({ ...row, before: stored.get(row.date) })) })
    },
  })
  const isStale = checked !== undefined && JSON.stringify(checked.values) !== JSON.stringify(form.values)
  const show = ({ base, quote }: Values) => navigate(`/market/fx?base=${codeOf(base)}&quote=${codeOf(quote)}`)
  return (
    <>
      <Card>
        <Form form={form} submit={m.check} columns>
          <TextField {...form.text('base')} label={fx.base} help={fx.currencyHelp} />
          <TextField {...form.text('quote')} label={fx.quote} help={fx.currencyHelp} />
          <TextField {...form.text('source')} label={m.source} help={m.sourceHelp} optional />
          <TextAreaField {...form.text('text')} label={m.text} help={m.textHelp} rows={8} isCode />
        </Form>
      </Card>
      {checked && <Preview checked={checked} isStale={isStale} onStored={() => show(checked.values)} />}
    </>
  )
}

const FxLoadPage = () => (
  <AdministratorPage title={m.title} lead={m.lead} actions={<ButtonLink href="/market/fx">{m.toList}</ButtonLink>}>
    <LoadRates />
  </AdministratorPage>
)

export default FxLoadPage
