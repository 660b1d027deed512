import { InvalidArgumentError } from 'commander'

/** Parses an argument or option that is a whole number of up to four digits. */
export const wholeNumber = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
