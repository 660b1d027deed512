import { SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Card } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { ExchangeFields, fieldOf, noExchange, storeExchange } from './exchange-fields.tsx'
import { type InstrumentType, putInstrument } from './instrument-values.ts'
import { load as m, types } from '#messages/market'
import { form as words } from '#messages/shell'

/** Makes an instrument that a file names, and its exchange if there is none. */
export const MissingInstrument = ({ onMade, symbol }: { readonly symbol: string; readonly onMade: () => void }) => {
  const { currency } = useLook()
  const { data } = useApi('GET /v1/market/exchanges', { query: { limit: 500 } })
  const exchanges = data?.items ?? []
  const form = useForm({
    initial: { name: '', type: 'stock', currency, ...noExchange },
    check: ({ name }): Readonly<Record<string, string>> => (name.trim() === '' ? { name: words.required } : {}),
    fieldOf,
    submit: async values => {
      const exchangeCode = await storeExchange(values, exchanges)
      await putInstrument(symbol, {
        name: values.name.trim(),
        type: values.type as InstrumentType,
        exchangeCode,
        currency: values.currency.trim().toUpperCase(),
      })
      onMade()
    },
  })
  return (
    <Card>
      <h3>{m.unknown(symbol)}</h3>
      <p>{m.unknownLead}</p>
      <Form form={form} submit={m.make} columns>
        <TextField {...form.text('name')} label={m.name} />
        <SelectField {...form.text('type')} label={m.type} options={Object.entries(types)} />
        <TextField {...form.text('currency')} label={m.currency} />
        <ExchangeFields form={form} exchanges={exchanges} />
      </Form>
    </Card>
  )
}
