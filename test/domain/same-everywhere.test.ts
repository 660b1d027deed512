import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/* What would make a run depend on the processor, the version of the engine or the day. */

const folder = fileURLToPath(new URL('../../domain', import.meta.url))
/** Programs that generate tables run once; their output is the same file for all machines. */
const sources = globSync('{shared,numeric,simulation,us-tax,longevity,planning}/**/*.ts', { cwd: folder }).filter(
  file => !/(^|\/)generate-[^/]*\.ts$/.test(file),
)

/** Powers of two are exact. */
const APPROXIMATED = /\bMath\.(a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|log2|pow|cbrt|hypot|random)\b|(?<!\b2 )\*\* /
const OF_THE_DAY = /\bDate\b|\bperformance\.now\b|\btoLocale|\bIntl\b/

const code = (file: string): string =>
  readFileSync(`${folder}/${file}`, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\/\/.*$/gm, '')

test.each([
  ['functions that engines only approximate, or that draw numbers of their own', APPROXIMATED],
  ['the clock or the language of the machine', OF_THE_DAY],
])('no plan is simulated with %s', (_, forbidden) => {
  expect(sources.length).toBeGreaterThan(150)
  expect(sources.filter(file => forbidden.test(code(file)))).toEqual([])
})
