/** What a person typed, as a number of the API; undefined if it is no such number. */
type Parse = (text: string, locale: string) => string | undefined

const separators = new Map<string, { readonly group: string; readonly decimal: string }>()

const separatorsOf = (locale: string) => {
  const known = separators.get(locale)
  if (known) return known
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5)
  const find = (type: string, otherwise: string) => parts.find(part => part.type === type)?.value ?? otherwise
  const made = { group: find('group', ','), decimal: find('decimal', '.') }
  separators.set(locale, made)
  return made
}

/** The digits of a number with a point, without separators of groups; undefined if other signs are in it. */
const plain: Parse = (text, locale) => {
  const { decimal, group } = separatorsOf(locale)
  const ungrouped = text
    .replaceAll(/[\s\u00A0\u202F'’]/g, '')
    .replaceAll(/\s/.test(group) ? ' ' : group, '')
    .replace(decimal, '.')
    .replace('−', '-')
  return /^-?(\d+\.?\d*|\.\d+)$/.test(ungrouped) ? ungrouped : undefined
}

/** Moves the point of a decimal text to the right, exactly. */
const shifted = (digits: string, places: number): string => {
  const sign = digits.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.')
  const moved = `${whole}${fraction.padEnd(places, '0')}`
  const point = whole.length + places
  const left = moved.slice(0, point).replace(/^0+(?=\d)/, '') || '0'
  const right = moved.slice(point).replace(/0+$/, '')
  return `${sign}${left}${right === '' ? '' : `.${right}`}`
}

/** A fraction of the API in percent, exactly: `0.045` is `4.5`. */
export const percentOf = (fraction: string): string => shifted(fraction, 2)

const powers: Readonly<Record<string, number>> = { k: 3, m: 6 }

/** An amount as a person writes it: `1,234.50`, `$420k`, `1.2m`. The answer is an exact decimal text with a point, such as `420000`. */
export const parseMoney: Parse = (text, locale) => {
  const [, digits = '', power = ''] =
    /^(.*?)\s*([km]?)$/i.exec(
      text
        .trim()
        .replace(/^(-?)\s*[$€£¥]\s*/, '$1')
        .replace(/\s*[$€£¥]$/, ''),
    ) ?? []
  const number = plain(digits, locale)
  return number === undefined ? undefined : shifted(number, powers[power.toLowerCase()] ?? 0)
}

/** A percentage as a person writes it, as a fraction: `4.5 %` is `0.045`. */
export const parsePercent: Parse = (text, locale) => {
  const number = plain(text.trim().replace(/\s*%$/, ''), locale)
  if (number === undefined) return undefined
  const [whole = '', fraction = ''] = number.replace('-', '').split('.')
  const padded = whole.padStart(3, '0')
  const digits = `${padded.slice(0, -2)}.${padded.slice(-2)}${fraction}`.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '')
  return `${number.startsWith('-') && digits !== '0' ? '-' : ''}${digits === '' ? '0' : digits}`
}

/** A number as a person writes it. */
export const parseNumber: Parse = (text, locale) => {
  const number = plain(text.trim(), locale)
  return number === undefined ? undefined : shifted(number, 0)
}
