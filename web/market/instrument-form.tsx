import { useState } from 'react'
import { useLocation } from 'wouter'
import { CheckboxField, DateField, PercentField, SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Card } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { changed } from '../shell/undo.ts'
import { ExchangeFields, fieldOf, storeExchange } from './exchange-fields.tsx'
import { bodyOf, type InstrumentValues, newValues, putInstrument, valuesOf } from './instrument-values.ts'
import { refuseTaken } from './refuse-taken.ts'
import { symbolPath } from './symbol-link.tsx'
import type { Instrument } from './timeframes.ts'
import { instrumentPage, instruments, load, types } from '#messages/market'
import { instrumentForm as m } from '#messages/market-forms'
import { form as words } from '#messages/shell'

const required = ({ name, symbol }: InstrumentValues): Readonly<Record<string, string>> => ({
  ...(symbol.trim() === '' ? { symbol: words.required } : {}),
  ...(name.trim() === '' ? { name: words.required } : {}),
})

/** Whether an instrument has the symbol now. That another one had it once is no reason against it. */
const isCurrent = (symbol: string) => async () =>
  (await api('GET /v1/market/instruments/{symbol}', { params: { symbol } })).symbol === symbol

/** Makes an instrument, or changes what is known of one. */
export const InstrumentForm = ({ instrument: given }: { readonly instrument?: Instrument }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const [before] = useState(given)
  const { data } = useApi('GET /v1/market/exchanges', { query: { limit: 500 } })
  const exchanges = data?.items ?? []
  const form = useForm<InstrumentValues>({
    initial: before ? valuesOf(before, look) : newValues(look),
    draft: `instrument ${before?.symbol ?? ''}`,
    check: required,
    fieldOf,
    submit: async values => {
      const symbol = values.symbol.trim().toUpperCase()
      if (!before) await refuseTaken(isCurrent(symbol), m.taken(symbol))
      const body = bodyOf(values, await storeExchange(values, exchanges), look, before)
      await putInstrument(symbol, body)
      if (before) changed(m.stored(symbol), () => putInstrument(symbol, bodyOf(valuesOf(before, look), before.exchangeCode, look, before)))
      else showToast({ kind: 'good', text: m.stored(symbol) })
      navigate(symbolPath(symbol))
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} columns>
        <TextField
          {...form.text('symbol')}
          label={instruments.symbol}
          help={before ? m.symbolStays : m.symbolHelp}
          readOnly={before !== undefined}
        />
        <TextField {...form.text('name')} label={load.name} />
        <SelectField {...form.text('type')} label={load.type} options={Object.entries(types)} />
        <TextField {...form.text('currency')} label={load.currency} />
        <ExchangeFields form={form} exchanges={exchanges} />
        <TextField {...form.text('sector')} label={instrumentPage.sector} optional />
        <TextField {...form.text('industry')} label={instrumentPage.industry} optional />
        <TextField {...form.text('country')} label={instrumentPage.country} help={m.countryHelp} optional />
        <TextField {...form.text('currentPrice')} label={instrumentPage.knownPrice} inputMode="decimal" optional />
        <DateField {...form.text('priceDate')} label={m.priceDate} optional />
        <TextField {...form.text('marketCap')} label={instrumentPage.marketCap} inputMode="decimal" optional />
        <TextField {...form.text('peRatio')} label={instrumentPage.peRatio} inputMode="decimal" optional />
        <PercentField {...form.text('dividendYield')} label={instrumentPage.dividendYield} optional />
        <PercentField {...form.text('expenseRatio')} label={instrumentPage.expenseRatio} optional />
        <CheckboxField {...form.checkbox('allowsNegativePrices')} label={m.negative} help={m.negativeHelp} />
        <CheckboxField {...form.checkbox('isActive')} label={m.active} />
      </Form>
    </Card>
  )
}
