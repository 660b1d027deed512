import type { ApiItem } from '../../lambdas/api-types.ts'
import { SelectField, TextField } from '../components/field.tsx'
import type { Form } from '../components/use-form.ts'
import { api } from '../shell/api.ts'
import { load as m } from '#messages/market'

type Exchange = ApiItem<'GET /v1/market/exchanges'>

/** The choice of an exchange that is not stored yet. */
const another = 'another'

/** The fields that choose an exchange, or describe one that is not stored yet. */
export type ExchangeValues = Readonly<Record<'exchange' | 'exchangeCode' | 'exchangeName' | 'timezone', string>>

export const noExchange: ExchangeValues = { exchange: '', exchangeCode: '', exchangeName: '', timezone: 'America/New_York' }

const chosenOf = ({ exchange }: ExchangeValues, exchanges: readonly Exchange[]): string => exchange || (exchanges[0]?.code ?? another)

/** The code of the chosen exchange, which is stored first if it is another one. */
export const storeExchange = async (values: ExchangeValues, exchanges: readonly Exchange[]): Promise<string> => {
  const chosen = chosenOf(values, exchanges)
  if (chosen !== another) return chosen
  const exchangeCode = values.exchangeCode.trim().toUpperCase()
  await api('PUT /v1/market/exchanges/{exchangeCode}', {
    params: { exchangeCode },
    body: { name: values.exchangeName.trim(), timezone: values.timezone.trim() },
  })
  return exchangeCode
}

/** The field of an error of the server about an instrument or its exchange. */
export const fieldOf = (path: string): string => path.replace(/^(body|path|params)\./, '')

export const ExchangeFields = <Values extends ExchangeValues & Readonly<Record<string, string | boolean>>>({
  exchanges,
  form,
}: {
  readonly exchanges: readonly Exchange[]
  readonly form: Pick<Form<Values>, 'text' | 'values'>
}) => {
  const chosen = chosenOf(form.values, exchanges)
  return (
    <>
      <SelectField
        {...form.text('exchange')}
        value={chosen}
        label={m.exchange}
        help={m.exchangeHelp}
        options={[...exchanges.map(({ code, name }) => [code, `${code} ${name}`] as const), [another, m.otherExchange]]}
      />
      {chosen === another && (
        <>
          <TextField {...form.text('exchangeCode')} label={m.exchangeCode} help={m.exchangeCodeHelp} />
          <TextField {...form.text('exchangeName')} label={m.exchangeName} />
          <TextField {...form.text('timezone')} label={m.timezone} />
        </>
      )}
    </>
  )
}
