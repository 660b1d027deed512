import { shared as m } from '#messages/portfolios'

/** Parts of the keys of asset classes that are written in capitals. */
const capitals = new Set(['us', 'uk', 'eu', 'em', 'tips', 'reit', 'reits', 'etf'])

/** The key of an asset class in words: `us_large_cap` is `US large cap`. A key that is written as words stays as it is. */
export const className = (key: string): string => {
  if (key === 'unclassified') return m.unclassified
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(key)) return key
  const words = key.split('_').map(word => (capitals.has(word) ? word.toUpperCase() : word))
  return words.join(' ').replace(/^./, first => first.toUpperCase())
}

/** What a weight is about, in words: the name of a class, or a symbol as it is. */
export const partName = (key: string, isByInstrument: boolean): string =>
  isByInstrument && key !== 'cash' && key !== 'unclassified' ? key : className(key)
