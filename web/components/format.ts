import type { Look } from '../shell/preferences.ts'

/** A decimal string or a number. Intl formats the string exactly; a number is an estimate. */
export type Figure = string | number

const hidden = '•••'

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format takes longer than using it a thousand times. */
const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale}${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, known)
  return known
}

const exact = (figure: Figure) => figure as Intl.StringNumericLiteral

export interface MoneyOptions {
  /** By default the currency of the person. */
  readonly currency?: string
  /** `exact`: with cents. `whole`: without. `short`: $1.2M, for axes and headlines. */
  readonly precision?: 'exact' | 'whole' | 'short'
  /** With a plus sign in front of a gain. */
  readonly signed?: boolean
}

const moneyStyles = {
  exact: {},
  whole: { maximumFractionDigits: 0 },
  short: { notation: 'compact', maximumSignificantDigits: 3 },
} as const satisfies Record<string, Intl.NumberFormatOptions>

/** An amount in words of the person's region; hidden in privacy mode. */
export const formatMoney = (figure: Figure, look: Look, { currency, precision = 'whole', signed = false }: MoneyOptions = {}): string =>
  look.hidesAmounts
    ? hidden
    : numberFormat(look.locale, {
        style: 'currency',
        currency: currency ?? look.currency,
        ...moneyStyles[precision],
        ...(signed ? { signDisplay: 'exceptZero' } : {}),
      }).format(exact(figure))

/** A fraction as a percentage: 0.766 is 76.6 %. */
export const formatPercent = (fraction: Figure, { locale }: Look, digits = 1, signed = false): string =>
  numberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(signed ? { signDisplay: 'exceptZero' } : {}),
  }).format(exact(fraction))

export const formatNumber = (figure: Figure, { locale }: Look, maximumFractionDigits = 0): string =>
  numberFormat(locale, { maximumFractionDigits }).format(exact(figure))

/** A calendar date, which has no timezone. */
export const formatDate = (date: string, { locale }: Look): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date.slice(0, 10)}T00:00:00Z`))

/** An instant, in the timezone of the person. */
export const formatInstant = (instant: string, { locale, timezone }: Look): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone }).format(new Date(instant))

/** A duration in the largest unit that fits: 40 sec, 3 min, 2 hr. */
export const formatDuration = (seconds: number, { locale }: Look): string => {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour']
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value)
}
