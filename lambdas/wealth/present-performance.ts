import { type Outcome, performanceReasons } from '../../domain/wealth/index.ts'

/** A figure of an answer: the value, or the reason with its words. */
export const presentFigure = (outcome: Outcome) =>
  outcome.value === null
    ? { value: null, reason: outcome.reason, message: performanceReasons[outcome.reason], date: outcome.date }
    : { value: outcome.value, reason: null, message: null, date: null }

/** Figures with their names and formulas. */
export const presentFigures = <Key extends string>(
  figures: Readonly<Record<Key, Outcome>>,
  words: Readonly<Record<Key, { readonly name: string; readonly formula: string }>>,
) =>
  Object.fromEntries((Object.keys(words) as Key[]).map(key => [key, { ...words[key], ...presentFigure(figures[key]) }])) as Record<
    Key,
    { readonly name: string; readonly formula: string } & ReturnType<typeof presentFigure>
  >
