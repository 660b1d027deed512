import { Fragment } from 'react'
import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { ApiProblem } from '../../client/problem.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DateField, MoneyField, PercentField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { parseMoney, parsePercent } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { api, useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { changed } from '../../shell/undo.ts'
import { isHousehold } from '../inputs/is-household.ts'
import { noAccounts, type RealAccounts } from '../inputs/real-accounts.ts'
import { type PlanInput, refreshPlan, useInputs } from '../inputs/requests.ts'
import { TakeFigures } from '../inputs/take-figures.tsx'
import type { Plan } from '../plan-header.tsx'
import { todayIn } from '../years.ts'
import { restoreVersion } from './restore.ts'
import { rollForward as m } from '#messages/plan-history'
import { form as words } from '#messages/shell'

interface Linked {
  readonly id: string
  readonly label: string
  readonly balance: string
  /** Of a taxable account of a plan with taxes; blank where the plan has none. */
  readonly basis: string | undefined
  readonly name: string
}

interface LinkedValue {
  readonly linkedAccountId?: string
  readonly balance?: string
  readonly value?: string
  readonly basis?: string
  readonly kind?: string
}

/** The accounts, debts and properties that take a real balance. */
const linkedOf = (inputs: readonly PlanInput[]): readonly Linked[] =>
  inputs.flatMap(({ inputName, inputType, inputValue }) => {
    const { balance, basis, kind, linkedAccountId, value } = inputValue as LinkedValue
    if (linkedAccountId === undefined) return []
    const label = inputType === 'debt' ? m.owed(inputName) : inputType === 'property' ? m.value(inputName) : m.balance(inputName)
    const hasBasis = inputType === 'account' && kind === 'taxable' && isHousehold(inputs)
    return [{ id: linkedAccountId, name: inputName, label, balance: balance ?? value ?? '', basis: hasBasis ? (basis ?? '') : undefined }]
  })

const basisOf = (id: string): string => `${id}.basis`
const dayOf = (id: string): string => `${id}.basisAsOf`

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
  real,
}: {
  readonly plan: Plan
  readonly real: RealAccounts
  readonly linked: readonly Linked[]
  readonly onClose: () => void
}) => {
  const look = useLook()
  const written = (amount: string) => (amount === '' ? '' : formatNumber(amount, { ...look, hidesAmounts: false }, 2))
  /** A basis that is left as it is stays in the plan with its day. */
  const newBasis = ({ basis, id }: Linked, values: Readonly<Record<string, string>>) => {
    const [text, day] = [values[basisOf(id)] ?? '', values[dayOf(id)] ?? '']
    if (basis === undefined || text.trim() === '' || (day === '' && text === written(basis))) return {}
    return { basis: parseMoney(text, look.locale) ?? '', ...(day === '' ? {} : { basisAsOf: day }) }
  }
  const form = useForm<Readonly<Record<string, string>>>({
    initial: {
      date: lastMonthEnd(todayIn(look.timezone), plan.asOfDate),
      priceChange: '0',
      ...Object.fromEntries(
        linked.flatMap(({ balance, basis, id }) => [[id, written(balance)] as const, [basisOf(id), written(basis ?? '')], [dayOf(id), '']]),
      ),
    },
    draft: `roll-forward:${plan.id}`,
    check: values => ({
      ...(values['date'] === '' ? { date: words.notDate } : {}),
      ...Object.fromEntries(
        linked.flatMap(({ id }) =>
          [id, ...((values[basisOf(id)] ?? '').trim() === '' ? [] : [basisOf(id)])].flatMap(field =>
            parseMoney(values[field] ?? '', look.locale) === undefined ? [[field, words.notMoney]] : [],
          ),
        ),
      ),
      ...(parsePercent(values['priceChange'] ?? '', look.locale) === undefined ? { priceChange: words.notPercent } : {}),
    }),
    fieldOf: path => {
      const [, index, field] = /^body\.balances\.(\d+)(?:\.(\w+))?/.exec(path) ?? []
      if (index === undefined) return path.replace(/^body\./, '')
      const id = linked[Number(index)]?.id ?? path
      return field?.startsWith('basis') ? basisOf(id) : id
    },
    submit: async values => {
      const { locale } = look
      await sendRollForward(plan, {
        date: values['date'] ?? '',
        balances: linked.map(each => ({
          linkedAccountId: each.id,
          balance: parseMoney(values[each.id] ?? '', locale) ?? '',
          ...newBasis(each, values),
        })),
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
      {linked.map(({ basis, id, label, name }) => {
        const account = real.accounts.find(({ accountId }) => accountId === id)
        return (
          <Fragment key={id}>
            <MoneyField {...form.text(id)} label={label} />
            {basis !== undefined && (
              <MoneyField
                {...form.text(basisOf(id))}
                label={m.basis(name)}
                optional
                onChange={text => form.set({ [basisOf(id)]: text, [dayOf(id)]: '' })}
              />
            )}
            {account && (
              <TakeFigures
                account={account}
                real={real}
                look={look}
                wantsBasis={basis !== undefined}
                onTake={taken =>
                  form.set({
                    ...(taken.balance === undefined ? {} : { [id]: written(taken.balance) }),
                    ...(taken.basis === undefined ? {} : { [basisOf(id)]: written(taken.basis), [dayOf(id)]: real.date }),
                  })
                }
              />
            )}
          </Fragment>
        )
      })}
      <PercentField {...form.text('priceChange')} label={m.priceChange} help={m.priceHelp} />
    </Form>
  )
}

/** Moves a plan to a later day with the real balances of that day. */
export const RollForwardDialog = ({ onClose, plan }: { readonly plan: Plan; readonly onClose: () => void }) => {
  const { data: inputs } = useInputs(plan.id)
  const { data: real, isPending } = useApi('GET /v1/wealth/positions', { query: { householdId: plan.householdId } })
  const linked = inputs && linkedOf(inputs)
  return (
    <Dialog title={m.title} onClose={onClose}>
      <p>{m.explain}</p>
      {linked && linked.length > 0 && !isPending && (
        <RollForwardForm plan={plan} linked={linked} real={real ?? noAccounts} onClose={onClose} />
      )}
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
