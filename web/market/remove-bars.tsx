import { useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { DateField, SelectField } from '../components/field.tsx'
import { formatDate, formatNumber } from '../components/format.ts'
import { Form } from '../components/form.tsx'
import { Card, Section } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { barQueries } from './load-rows.ts'
import type { Instrument, Timeframe } from './timeframes.ts'
import { timeframeNames } from '#messages/market'
import { removeBars as m } from '#messages/market-forms'
import { form as words } from '#messages/shell'

interface Range {
  readonly timeframe: Timeframe
  readonly from: string
  readonly to: string
}

const dayAfter = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

const ConfirmDialog = ({ onClose, range, symbol }: { readonly symbol: string; readonly range: Range; readonly onClose: () => void }) => {
  const look = useLook()
  const { from, timeframe, to } = range
  const form = useForm({
    initial: {},
    submit: async () => {
      const { removed } = await api('DELETE /v1/market/bars', { query: { symbol, timeframe, from, until: dayAfter(to) } })
      await refreshQueries(...barQueries)
      showToast({ kind: 'good', text: m.done(formatNumber(removed, look), symbol) })
      onClose()
    },
  })
  return (
    <Dialog title={m.confirmTitle(symbol)} onClose={onClose}>
      <Form form={form} submit={m.confirm} onCancel={onClose}>
        <p>{m.range(timeframeNames[timeframe], formatDate(from, look), formatDate(to, look))}</p>
        <p>{m.consequence}</p>
      </Form>
    </Dialog>
  )
}

/** Removes stored prices of an instrument between two days, after a question. */
export const RemoveBars = ({ instrument: { series, symbol } }: { readonly instrument: Instrument }) => {
  const [asked, setAsked] = useState<Range>()
  const form = useForm({
    initial: { timeframe: series[0]?.timeframe ?? '', from: '', to: '' },
    check: ({ from, to }): Readonly<Record<string, string>> => ({
      ...(from === '' ? { from: words.required } : {}),
      ...(to === '' ? { to: words.required } : to < from ? { to: m.wrongOrder } : {}),
    }),
    submit: async ({ from, timeframe, to }) => setAsked({ timeframe: timeframe as Timeframe, from, to }),
  })
  if (series.length === 0) return null
  return (
    <Section title={m.title} lead={m.lead}>
      <Card>
        <Form form={form} submit={m.begin} columns>
          <SelectField
            {...form.text('timeframe')}
            label={m.timeframe}
            options={series.map(({ timeframe }) => [timeframe, timeframeNames[timeframe]] as const)}
          />
          <DateField {...form.text('from')} label={m.from} />
          <DateField {...form.text('to')} label={m.to} />
        </Form>
      </Card>
      {asked && <ConfirmDialog symbol={symbol} range={asked} onClose={() => setAsked(undefined)} />}
    </Section>
  )
}
