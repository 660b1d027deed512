import type { ApiItem } from '../../lambdas/api-types.ts'
import type { Look } from '../shell/preferences.ts'
import { amountFault, amountIn, amountText } from './money-text.ts'
import { form as words } from '#messages/shell'

export type Goal = ApiItem<'GET /v1/wealth/goals'>

/** `accounts`: the ids of the linked accounts, one a line. */
export type GoalValues = Readonly<
  Record<'name' | 'kind' | 'target' | 'currency' | 'date' | 'priority' | 'person' | 'status' | 'accounts' | 'notes', string>
>

export const idsOf = (accounts: string): readonly string[] => (accounts === '' ? [] : accounts.split('\n'))

export const valuesOf = (goal: Goal, look: Look): GoalValues => ({
  name: goal.name,
  kind: goal.kind,
  target: amountText(goal.targetAmount, look),
  currency: goal.currency,
  date: goal.targetDate ?? '',
  priority: String(goal.priority),
  person: goal.personId ?? '',
  status: goal.status,
  accounts: goal.accountIds.join('\n'),
  notes: goal.notes ?? '',
})

export const checkGoal = (values: GoalValues, look: Look) => ({
  name: values.name.trim() === '' ? words.required : undefined,
  target: amountFault(values.target, look, true),
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export const bodyOf = (values: GoalValues, look: Look) => ({
  name: values.name.trim(),
  kind: values.kind as Goal['kind'],
  targetAmount: amountIn(values.target, look) ?? '0',
  currency: values.currency,
  targetDate: orNull(values.date),
  priority: Number(values.priority),
  personId: orNull(values.person),
  notes: orNull(values.notes),
  accountIds: [...idsOf(values.accounts)],
})

const names: Readonly<Record<string, string>> = { targetAmount: 'target', targetDate: 'date', personId: 'person', accountIds: 'accounts' }

/** The field of an error of the server. */
export const fieldOf = (path: string): string => {
  const field = path.replace(/^body\./, '').replace(/\..*$/, '')
  return names[field] ?? field
}
