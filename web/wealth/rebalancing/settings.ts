import { parseMoney } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { amountText } from '../money-text.ts'
import { fromCents, toCents } from '../register/cents.ts'
import type { RebalancingBody } from './rebalancing-data.ts'
import { settings as m } from '#messages/rebalancing'

/** Amounts of an account, as the person writes them. */
export interface AccountAmounts {
  readonly newCash: string
  readonly withdrawal: string
  readonly minimumCash: string
}

/** Amounts are kept as the person writes them. */
export interface Settings {
  readonly mode: NonNullable<RebalancingBody['mode']>
  readonly aim: NonNullable<RebalancingBody['aim']>
  readonly minimumTrade: string
  readonly avoidShortTerm: boolean
  readonly harvestLosses: boolean
  readonly budgets: readonly string[]
  /** Whether there is a proposal without a limit of gains. */
  readonly isUnlimited: boolean
  /** By account. */
  readonly amounts: Readonly<Record<string, AccountAmounts>>
  readonly doNotSell: readonly string[]
}

export const noAmounts: AccountAmounts = { newCash: '', withdrawal: '', minimumCash: '' }

/** The settings with which a proposal appears without any input. */
export const usualSettings = (look: Look): Settings => ({
  mode: 'bands',
  aim: 'target',
  minimumTrade: amountText('100', look),
  avoidShortTerm: true,
  harvestLosses: false,
  budgets: [amountText('0', look), amountText('5000', look)],
  isUnlimited: true,
  amounts: {},
  doNotSell: [],
})

/** The most proposals that the API compares. */
const mostBudgets = 6

/** An amount for the API, of an empty field zero; undefined if it is none, or below zero. */
const amountOf = (text: string, look: Look): string | undefined => {
  const cents = text.trim() === '' ? 0n : toCents(parseMoney(text, look.locale))
  return cents === undefined || cents < 0n ? undefined : fromCents(cents)
}

const isWritten = (text: string): boolean => text.trim() !== ''

/** Each limit once, the lowest first, and last that there is none. */
const budgetsOf = ({ budgets, isUnlimited }: Settings, look: Look): (string | null)[] => [
  ...[...new Set(budgets.filter(isWritten).map(text => amountOf(text, look) ?? '0.00'))].toSorted(
    (one, other) => Number(one) - Number(other),
  ),
  ...(isUnlimited ? [null] : []),
]

const budgetFault = (settings: Settings, look: Look): string | undefined => {
  if (settings.budgets.some(text => amountOf(text, look) === undefined)) return m.notDollars
  const { length } = budgetsOf(settings, look)
  return length === 0 ? m.noBudget : length > mostBudgets ? m.manyBudgets(mostBudgets) : undefined
}

export const amountField = (accountId: string, name: keyof AccountAmounts): string => `${accountId}.${name}`

/** What is wrong, by field. Without faults it is empty. */
export const faultsOf = (settings: Settings, look: Look): Readonly<Record<string, string>> => {
  const { amounts, minimumTrade } = settings
  const fault = (text: string) => (amountOf(text, look) === undefined ? m.notDollars : undefined)
  const names = Object.keys(noAmounts) as (keyof AccountAmounts)[]
  const all: Readonly<Record<string, string | undefined>> = {
    minimumTrade: fault(minimumTrade),
    budgets: budgetFault(settings, look),
    ...Object.fromEntries(
      Object.entries(amounts).flatMap(([id, own]) => names.map(name => [amountField(id, name), fault(own[name])] as const)),
    ),
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** What a request asks for, of settings without faults. */
export const bodyOf = (settings: Settings, look: Look): RebalancingBody => {
  const { aim, amounts, avoidShortTerm, doNotSell, harvestLosses, minimumTrade, mode } = settings
  const given = (name: keyof AccountAmounts) =>
    Object.entries(amounts)
      .map(([accountId, own]) => ({ accountId, amount: amountOf(own[name], look) ?? '0.00' }))
      .filter(({ amount }) => amount !== '0.00')
  return {
    mode,
    aim,
    minimumTrade: amountOf(minimumTrade, look) ?? '0.00',
    avoidShortTerm,
    harvestLosses,
    gainsBudgets: budgetsOf(settings, look),
    newCash: given('newCash'),
    withdrawals: given('withdrawal'),
    minimumCash: given('minimumCash'),
    doNotSell: [...doNotSell],
  }
}
