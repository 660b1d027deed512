import { SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Card } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { load as m, types } from '#messages/market'
import { form as words } from '#messages/shell'

/** The choice of an exchange that is not stored yet. */
const another = 'another'

type InstrumentType = keyof typeof types

/** Makes an instrument that a file names, and its exchange if there is none. */
export const MissingInstrument = ({ onMade, symbol }: { readonly symbol: string; readonly onMade: () => void }) => {
  const { currency } = useLook()
  const { data } = useApi('GET /v1/market/exchanges', { query: { limit: 500 } })
  const exchanges = data?.items ?? []
  const exchangeOf = (chosen: string): string => chosen || (exchanges[0]?.code ?? another)
  const form = useForm({
    initial: { name: '', type: 'stock', exchange: '', currency, exchangeCode: '', exchangeName: '', timezone: 'America/New_York' },
    check: ({ name }): Readonly<Record<string, string>> => (name.trim() === '' ? { name: words.required } : {}),
    fieldOf: path =>
      ({
        'body.timezone': 'timezone',
        'path.exchangeCode': 'exchangeCode',
        'params.exchangeCode': 'exchangeCode',
        'body.exchangeCode': 'exchangeCode',
      })[path] ?? path.replace(/^body\./, ''),
    submit: async values => {
      const chosen = exchangeOf(values.exchange)
      const exchangeCode = chosen === another ? values.exchangeCode.trim().toUpperCase() : chosen
      if (chosen === another)
        await api('PUT /v1/market/exchanges/{exchangeCode}', {
          params: { exchangeCode },
          body: { name: values.exchangeName.trim(), timezone: values.timezone.trim() },
        })
      await api('PUT /v1/market/instruments/{symbol}', {
        params: { symbol },
        body: {
          name: values.name.trim(),
          type: values.type as InstrumentType,
          exchangeCode,
          currency: values.currency.trim().toUpperCase(),
        },
      })
      await refreshQueries('GET /v1/market/instruments', 'GET /v1/market/exchanges', 'GET /v1/market/instruments/{symbol}')
      onMade()
    },
  })
  const exchange = exchangeOf(form.values.exchange)
  return (
    <Card>
      <h3>{m.unknown(symbol)}</h3>
      <p>{m.unknownLead}</p>
      <Form form={form} submit={m.make} columns>
        <TextField {...form.text('name')} label={m.name} />
        <SelectField {...form.text('type')} label={m.type} options={Object.entries(types)} />
        <TextField {...form.text('currency')} label={m.currency} />
        <SelectField
          {...form.text('exchange')}
          value={exchange}
          label={m.exchange}
          help={m.exchangeHelp}
          options={[...exchanges.map(({ code, name }) => [code, `${code} ${name}`] as const), [another, m.otherExchange]]}
        />
        {exchange === another && (
          <>
            <TextField {...form.text('exchangeCode')} label={m.exchangeCode} help={m.exchangeCodeHelp} />
            <TextField {...form.text('exchangeName')} label={m.exchangeName} />
            <TextField {...form.text('timezone')} label={m.timezone} />
          </>
        )}
      </Form>
    </Card>
  )
}
