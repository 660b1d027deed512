import type { CalendarDate, Money } from '../../../shared/index.ts'
import type { Findings, RowFields } from '../findings.ts'
import { textLimits } from '../texts.ts'
import { type Element, leaf } from './elements.ts'

/**
 * A number of OFX in plain form: its decimal mark is a point or a comma. Some banks group thousands by the other mark. Text that is no number
 * is returned as it is, so that its reader rejects it.
 */
export const plainNumber = (text: string): string => {
  const bare = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace('−', '-')
  if (/^[+-]?\d{1,3}(?:,\d{3})+\.\d*$/.test(bare)) return bare.replaceAll(',', '')
  if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d*$/.test(bare)) return bare.replaceAll('.', '').replace(',', '.')
  return bare.replace(',', '.')
}

const datePattern = /^(\d{4})-?(\d\d)-?(\d\d)[\dT:.\s]*Z?(?:\[[^\]]*\])?$/

/**
 * Reads the leaves of one element. Dates are those that the file writes, in its own offset: `20240102235900[-5:EST]` is 2024-01-02.
 */
export class Leaves {
  readonly #fields: RowFields
  readonly #element: Element

  constructor(fields: RowFields, element: Element) {
    this.#fields = fields
    this.#element = element
  }

  has(...names: readonly string[]): boolean {
    return leaf(this.#element, ...names) !== undefined
  }

  raw(...names: readonly string[]): string | undefined {
    return leaf(this.#element, ...names)
  }

  text(limit: number, ...names: readonly string[]): string | undefined {
    return this.#fields.text(names.at(-1)!, leaf(this.#element, ...names), limit)
  }

  notes(...names: readonly string[]): string | undefined {
    return this.#fields.notes(names.at(-1)!, leaf(this.#element, ...names))
  }

  money(...names: readonly string[]): Money | undefined {
    const text = leaf(this.#element, ...names)
    return this.#fields.money(names.at(-1)!, text === undefined ? undefined : plainNumber(text))
  }

  charge(...names: readonly string[]): Money | undefined {
    const text = leaf(this.#element, ...names)
    return this.#fields.charge(names.at(-1)!, text === undefined ? undefined : plainNumber(text))
  }

  figure(...names: readonly string[]): string | undefined {
    const text = leaf(this.#element, ...names)
    return this.#fields.figure(names.at(-1)!, text === undefined ? undefined : plainNumber(text))
  }

  date(...names: readonly string[]): CalendarDate | undefined {
    const text = leaf(this.#element, ...names)
    if (text === undefined) return undefined
    const [, year, month, day] = datePattern.exec(text) ?? []
    return this.#fields.date(names.at(-1)!, text, year === undefined ? undefined : `${year}-${month}-${day}`)
  }

  /** The currency of amounts of this element: that of CURRENCY. ORIGCURRENCY only names the currency before the bank exchanged it. */
  currency(): string | undefined {
    return this.#fields.currency('CURSYM', leaf(this.#element, 'CURRENCY', 'CURSYM'))
  }

  /** First and last day of a list of transactions. */
  period(): { from: CalendarDate | undefined; to: CalendarDate | undefined } {
    return { from: this.date('DTSTART'), to: this.date('DTEND') }
  }

  /** The value; records that a required field is missing. */
  required<Value>(name: string, value: Value | undefined, ...names: readonly string[]): Value {
    if (value === undefined && !this.has(...names, name)) this.#fields.missing(name)
    return value as Value
  }
}

/** The identifier of a security, in the form that the list of securities uses too. */
export const securityIdOf = (element: Element | undefined): string | undefined => leaf(element, 'SECID', 'UNIQUEID')

export interface Security {
  readonly name?: string | undefined
  readonly symbol?: string | undefined
}

/** Securities of the file by identifier. An identifier with two tickers has none: nothing shows which is meant. */
export const readSecurities = (infos: readonly Element[], findings: Findings): ReadonlyMap<string, Security> => {
  const securities = new Map<string, Security>()
  for (const info of infos) {
    const id = securityIdOf(info)
    if (id === undefined) continue
    const security = findings.row(info.line, (fields): Security => {
      const leaves = new Leaves(fields, info)
      return { name: leaves.text(textLimits.name, 'SECNAME'), symbol: leaves.text(textLimits.symbol, 'TICKER')?.toUpperCase() }
    })
    if (security === undefined) continue
    const other = securities.get(id)
    if (other !== undefined && other.symbol !== security.symbol) {
      findings.note(
        `Line ${info.line}: security ${id} has two tickers, ${other.symbol ?? 'none'} and ${security.symbol ?? 'none'}. Neither is taken.`,
      )
      securities.set(id, {})
    } else securities.set(id, security)
  }
  return securities
}
