import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { ApiProblem } from '../../client/problem.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DateField, MoneyField, PercentField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { parseMoney, parsePercent } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { changed } from '../../shell/undo.ts'
import { type PlanInput, refreshPlan, useInputs } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { todayIn } from '../years.ts'
import { restoreVersion } from './restore.ts'
import { rollForward as m } from '#messages/plan-history'
import { form as words } from '#messages/shell'

interface Linked {
  readonly id: string
  readonly label: string
  readonly balance: string
}

/** The accounts, debts and properties that take a real balance. */
const linkedOf = (inputs: readonly PlanInput[]): readonly Linked[] =>
  inputs.flatMap(({ inputName, inputType, inputValue }) => {
    const { balance, linkedAccountId, value } = inputValue as { linkedAccountId?: string; balance?: string; value?: string }
    if (linkedAccountId === undefined) return []
    const label = inputType === 'debt' ? m.owed(inputName) : inputType === 'property' ? m.value(inputName) : m.balance(inputName)
    return [{ id: linkedAccountId, label, balance: balance ?? value ?? '' }]
  })

/** The last day of the month before today, but not before the as-of date. */
const lastMonthEnd = (today: string, asOfDate: string): string => {
  const end = new Date(`${today.slice(0, 7)}-01T00:00:00Z`)
  end.setUTCDate(0)
  const date = end.toISOString().slice(0, 10)
  return date < asOfDate ? today : date
}

/** After a refusal because of another version, the plan is read again: what the person sees is then what they roll forward. */
const sendRollForward = async (plan: Plan, body: ApiRequest<'POST /v1/planning/plans/{planId}/roll-forwards'>['body']): Promise<void> => {
  try {
    await api('POST /v1/planning/plans/{planId}/roll-forwards', { params: { planId: plan.id }, ifMatch: plan.version, body })
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 412) await refreshPlan()
    throw error
  }
}

const RollForwardForm = ({
  linked,
  onClose,
  plan,
}: {
  readonly plan: Plan
  readonly linked: readonly Linked[]
  readonly onClose: () => void
}) => {
  const look = useLook()
  const form = useForm<Readonly<Record<string, string>>>({
    initial: {
      date: lastMonthEnd(todayIn(look.timezone), plan.asOfDate),
      priceChange: '0',
      ...Object.fromEntries(linked.map(({ balance, id }) => [id, formatNumber(balance, look, 2)])),
    },
    draft: `roll-forward:${plan.id}`,
    check: values => ({
      ...(values['date'] === '' ? { date: words.notDate } : {}),
      ...Object.fromEntries(
        linked.flatMap(({ id }) => (parseMoney(values[id] ?? '', look.locale) === undefined ? [[id, words.notMoney]] : [])),
      ),
      ...(parsePercent(values['priceChange'] ?? '', look.locale) === undefined ? { priceChange: words.notPercent } : {}),
    }),
    fieldOf: path => {
      const [, index] = /^body\.balances\.(\d+)/.exec(path) ?? []
      return index === undefined ? path.replace(/^body\./, '') : (linked[Number(index)]?.id ?? path)
    },
    submit: async values => {
      const { locale } = look
      await sendRollForward(plan, {
        date: values['date'] ?? '',
        balances: linked.map(({ id }) => ({ linkedAccountId: id, balance: parseMoney(values[id] ?? '', locale) ?? '' })),
        priceChange: Number(parsePercent(values['priceChange'] ?? '', locale)),
      })
      await refreshPlan()
      changed(m.done(formatDate(values['date'] ?? '', look)), () => restoreVersion(plan.id, plan.version))
      onClose()
    },
  })
  return (
    <Form form={form} submit={m.submit} onCancel={onClose}>
      <DateField {...form.text('date')} label={m.date} help={m.dateHelp} />
      {linked.map(({ id, label }) => (
        <MoneyField key={id} {...form.text(id)} label={label} />
      ))}
      <PercentField {...form.text('priceChange')} label={m.priceChange} help={m.priceHelp} />
    </Form>
  )
}

/** Moves a plan to a later day with the real balances of that day. */
export const RollForwardDialog = ({ onClose, plan }: { readonly plan: Plan; readonly onClose: () => void }) => {
  const { data: inputs } = useInputs(plan.id)
  const linked = inputs && linkedOf(inputs)
  return (
    <Dialog title={m.title} onClose={onClose}>
      <p>{m.explain}</p>
      {linked && linked.length > 0 && <RollForwardForm plan={plan} linked={linked} onClose={onClose} />}
      {linked?.length === 0 && (
        <>
          <p>{m.noLinks}</p>
          <p>
            <ButtonLink href={`/plans/${plan.id}/edit`}>{m.toEdit}</ButtonLink>
          </p>
        </>
      )}
    </Dialog>
  )
}
