import { useLocation } from 'wouter'
import { DateField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Card, Section } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { symbolPath } from './symbol-link.tsx'
import { today } from './today.ts'
import { changeSymbol as m } from '#messages/market-forms'

/** Gives an instrument a new symbol from a day on. Bars, splits and dividends stay with it. */
export const ChangeSymbol = ({ symbol: old }: { readonly symbol: string }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { symbol: '', effectiveDate: today() },
    submit: async values => {
      const symbol = values.symbol.trim().toUpperCase()
      await api('POST /v1/market/instruments/{symbol}/symbols', {
        params: { symbol: old },
        body: { symbol, effectiveDate: values.effectiveDate },
      })
      await refreshQueries('GET /v1/market/instruments', 'GET /v1/market/instruments/{symbol}', 'GET /v1/market/latest-bars')
      showToast({ kind: 'good', text: m.done(old, symbol) })
      navigate(symbolPath(symbol))
    },
  })
  return (
    <Section title={m.title} lead={m.lead}>
      <Card>
        <Form form={form} submit={m.submit} columns>
          <TextField {...form.text('symbol')} label={m.symbol} />
          <DateField {...form.text('effectiveDate')} label={m.from} />
        </Form>
      </Card>
    </Section>
  )
}
