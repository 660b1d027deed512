import { useState } from 'react'
import { DateField, MoneyField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatDate } from '../../components/format.ts'
import { parseMoney } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Report } from './actual-result.tsx'
import { actual as m } from '#messages/plan-paths'
import { form as words } from '#messages/shell'

/** Today in a timezone, as a calendar date. */
const todayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())

/** Asks for a day and the real balance of every account of a run. */
export const ActualForm = ({
  accounts,
  asOfDate,
  onFound,
  runId,
}: {
  readonly runId: string
  readonly accounts: readonly string[]
  readonly asOfDate: string
  readonly onFound: (report: Report) => void
}) => {
  const look = useLook()
  const [today] = useState(() => todayIn(look.timezone))
  const fields = accounts.map((_, index) => `balance${index}`)
  const form = useForm<Readonly<Record<string, string>>>({
    initial: { date: today < asOfDate ? asOfDate : today, ...Object.fromEntries(fields.map(name => [name, ''])) },
    draft: `actual:${runId}`,
    check: values => ({
      ...(values['date'] === '' ? { date: words.notDate } : {}),
      ...Object.fromEntries(
        fields.filter(name => parseMoney(values[name] ?? '', look.locale) === undefined).map(name => [name, words.notMoney]),
      ),
    }),
    fieldOf: path => path.replace(/^body\./, '').replace(/^balances\.(\d+).*$/, 'balance$1'),
    submit: async (values, idempotencyKey) => {
      const balances = accounts.map((account, index) => ({
        account,
        balance: parseMoney(values[`balance${index}`] ?? '', look.locale) ?? '',
      }))
      const report = await api('POST /v1/planning/runs/{runId}/plan-versus-actual-reports', {
        params: { runId },
        body: { date: values['date'] ?? '', balances },
        idempotencyKey,
      })
      onFound(report)
      await refreshQueries('GET /v1/planning/plans/{planId}/outputs')
    },
  })
  return (
    <Form form={form} submit={m.submit} columns>
      <DateField {...form.text('date')} label={m.date} help={m.dateHelp(formatDate(asOfDate, look))} />
      {accounts.map((account, index) => (
        <MoneyField key={account} {...form.text(`balance${index}`)} label={m.balance(account)} />
      ))}
    </Form>
  )
}
