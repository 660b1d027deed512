import { useLook } from '../shell/preferences.ts'
import { type Figure, formatDate, formatInstant, formatMoney, formatNumber, formatPercent, type MoneyOptions } from './format.ts'

/** Every amount on every page is printed by this, so that privacy mode hides every amount. */
export const Money = ({ value, ...options }: MoneyOptions & { readonly value: Figure }) => <>{formatMoney(value, useLook(), options)}</>

/** A fraction as a percentage. */
export const Percent = ({ value, digits, signed }: { readonly value: Figure; readonly digits?: number; readonly signed?: boolean }) => (
  <>{formatPercent(value, useLook(), digits, signed)}</>
)

export const Count = ({ value }: { readonly value: Figure }) => <>{formatNumber(value, useLook())}</>

/** A calendar date. */
export const CalendarDate = ({ date }: { readonly date: string }) => <time dateTime={date}>{formatDate(date, useLook())}</time>

/** An instant, in the timezone of the person. */
export const Moment = ({ instant }: { readonly instant: string }) => <time dateTime={instant}>{formatInstant(instant, useLook())}</time>
