import { formatNumber } from '../components/format.ts'
import { parseMoney } from '../components/parse-figure.ts'
import type { Look } from '../shell/preferences.ts'
import { form as words } from '#messages/shell'

/** The fault of a field with an amount. An empty one is only a fault if it is required. */
export const amountFault = (text: string, look: Look, required = false): string | undefined => {
  if (text.trim() === '') return required ? words.required : undefined
  return parseMoney(text, look.locale) === undefined ? words.notMoney : undefined
}

/** The amount in a field that was checked; undefined for an empty one. */
export const amountIn = (text: string, look: Look): string | undefined => (text.trim() === '' ? undefined : parseMoney(text, look.locale))

/** An amount as a person writes it in a field. */
export const amountText = (amount: string | null, look: Look): string => (amount === null ? '' : formatNumber(amount, look, 2))
