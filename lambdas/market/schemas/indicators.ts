import * as z from 'zod'
import { type Indicator, indicators } from '../../../domain/market/index.ts'
import { nameSchemas } from '../../runtime/schemas.ts'
import { symbol } from './shared.ts'
import { timeframe } from './bars.ts'

const memory = z.enum(['window', 'fading', 'cumulative']).meta({ id: 'IndicatorMemory' })

export const indicatorDescription = z.strictObject({
  name: z.string(),
  title: z.string(),
  parameters: z.array(
    z.strictObject({ name: z.string(), default: z.number(), minimum: z.number(), maximum: z.number(), integer: z.boolean() }),
  ),
  outputs: z.array(z.string()),
  memory: memory.describe(
    'The earlier bars that a value depends on: those of its window, all with decreasing weight, or all with equal weight.',
  ),
  convention: z.string().nullable().describe('How the first values are computed, where packages differ; otherwise null.'),
})

export const indicatorValues = z.strictObject({
  symbol,
  timeframe,
  times: z.array(z.string()),
  indicators: z.array(
    z.strictObject({
      name: z.string(),
      parameters: z.record(z.string(), z.number()),
      memory,
      warmUp: z.record(z.string(), z.int()).describe('By output, the number of bars at the beginning of the series without a value.'),
      values: z.record(z.string(), z.array(z.number().nullable())).describe('By output, one value per time, or null.'),
    }),
  ),
  nextCursor: z.string().nullable(),
})

nameSchemas({ IndicatorDescription: indicatorDescription, IndicatorValues: indicatorValues })

export interface WantedIndicator {
  readonly name: string
  readonly indicator: Indicator
  readonly parameters: Record<string, number>
}

const pattern = /^([A-Za-z]\w*)(?:\(([^()]*)\))?$/

/** The parsed form of `macd(fast=12,slow=26)`, or an error message. */
const readWanted = (text: string): WantedIndicator | string => {
  const [, name = '', given = ''] = pattern.exec(text) ?? []
  const indicator: Indicator | undefined = Object.hasOwn(indicators, name) ? indicators[name as keyof typeof indicators] : undefined
  if (!indicator) return `there is no indicator "${text.slice(0, 60)}"; see /v1/market/indicators`
  const pairs = given === '' ? [] : given.split(',').map(pair => pair.split('='))
  const known = new Set(indicator.parameters.map(parameter => parameter.name))
  const fault = pairs.find(([key = '', value = '']) => !known.has(key.trim()) || !/^\s*-?\d+(\.\d+)?\s*$/.test(value))
  if (fault) return `${name} takes ${[...known].join(', ') || 'no parameters'}, each as name=number, not "${fault.join('=').slice(0, 60)}"`
  return { name, indicator, parameters: Object.fromEntries(pairs.map(([key = '', value]) => [key.trim(), Number(value)])) }
}

/** Splits at commas outside of parentheses. */
const split = (text: string): string[] => text.split(/,(?![^(]*\))/).map(part => part.trim())

export const wantedIndicators = z
  .string()
  .min(1)
  .max(1000)
  .transform((text, context): WantedIndicator[] => {
    const wanted = split(text).map(readWanted)
    for (const message of wanted.filter(one => typeof one === 'string')) context.addIssue({ code: 'custom', message })
    return wanted.filter(one => typeof one !== 'string')
  })
  .refine(list => list.length <= 20, { error: 'must have at most 20 indicators' })
  .meta({
    description: 'Indicators separated by commas, with parameters in parentheses: `sma(period=20),rsi,macd`.',
    example: 'sma(period=20),rsi',
  })
