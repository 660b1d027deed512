import { fold } from '../rules/fold.ts'

const months =
  'jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december'.split(
    ' ',
  )
/** Words that banks add to the same payment in changing ways. */
const fillers = new Set([...months, 'ref', 'id', 'no', 'nr', 'auth', 'date', 'on', 'card', 'purchase', 'pos', 'debit', 'recurring', 'web'])

/**
 * What stays the same in the texts of a repeated payment: its words without digits, dates, references and punctuation. Empty if nothing stays.
 * @example recurringName('NETFLIX.COM 866-579-7172 03/14 REF A1B2C3') is 'netflix com'
 */
export const recurringName = (text: string): string =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 1 && !/\d/.test(word) && !fillers.has(word))
    .join(' ')
