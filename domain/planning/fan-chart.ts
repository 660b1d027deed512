import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'

export interface FanChart {
  readonly title: string
  /** Fractions, ascending. For the shape of a fan they must be symmetric about the median. */
  readonly percentiles: readonly number[]
  /** Values at [percentile][year]. */
  readonly bands: readonly (readonly number[])[]
  /** Calendar year of plan year 0. */
  readonly firstYear: number
  readonly unit: string
}

const size = { width: 860, height: 460, left: 84, right: 96, top: 52, bottom: 44 }

const short = (value: number): string => {
  const magnitude = Math.abs(value)
  if (magnitude >= 1e6) return `${Math.round(value / 1e4) / 100}M`
  return magnitude >= 1e3 ? `${Math.round(value / 1e3)}k` : String(Math.round(value))
}

/** Every character that a document of XML 1.0 cannot have, not even escaped (section 2.2 of the standard). */
const forbiddenInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const escape = (text: string) =>
  text.replace(forbiddenInXml, '').replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
const ordinal = (fraction: number) => `${Math.round(fraction * 1000) / 10} %`

/**
 * A fan chart as a standalone SVG document: nested bands between pairs of percentiles, and the median as a line. The same figures
 * give the same bytes. Coordinates are rounded to a tenth of a pixel.
 */
export const fanChart = ({ bands, firstYear, percentiles, title, unit }: FanChart): string => {
  const years = (bands[0]?.length ?? 1) - 1
  const top = bands.flat().reduce((largest, value) => Math.max(largest, value), 1)
  const x = scaleLinear([0, Math.max(years, 1)], [size.left, size.width - size.right])
  const y = scaleLinear([0, top], [size.height - size.bottom, size.top]).nice()
  const pairs = Array.from({ length: Math.floor(percentiles.length / 2) }, (_, index) => [index, percentiles.length - 1 - index] as const)
  const ribbon = area<number>()
    .digits(1)
    .x((_, year) => x(year))
  const shapes = pairs.map(([low, high], index) => {
    const path = ribbon.y0((_, year) => y(bands[low]![year]!)).y1((_, year) => y(bands[high]![year]!))(bands[low] as number[])
    const label = `${ordinal(percentiles[low]!)} to ${ordinal(percentiles[high]!)}`
    return `<path class="band" d="${path}" opacity="${(0.22 + index * 0.16).toFixed(2)}"><title>${label}</title></path>`
  })
  const middle = bands[Math.floor(bands.length / 2)] ?? []
  const median = line<number>()
    .digits(1)
    .x((_, year) => x(year))
    .y(value => y(value))([...middle])
  const horizontal = y
    .ticks(6)
    .map(
      value =>
        `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>` +
        `<text x="${size.left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${short(value)}</text>`,
    )
  const vertical = x
    .ticks(Math.min(years, 10))
    .filter(Number.isInteger)
    .map(year => `<text x="${x(year).toFixed(1)}" y="${size.height - size.bottom + 20}" text-anchor="middle">${firstYear + year}</text>`)
  // From the bottom up: each label is at least one line above the one below it.
  let highest = size.height - size.bottom + 13
  const legend = percentiles.map((fraction, index) => {
    const value = bands[index]?.at(-1) ?? 0
    highest = Math.min(y(value) + 4, highest - 13)
    return `<text class="label" x="${size.width - size.right + 8}" y="${highest.toFixed(1)}">${ordinal(fraction)}  ${short(value)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escape(title)}">
<style>text{font:12px system-ui,sans-serif;fill:#44505c}.title{font-size:16px;fill:#1b2430}.label{font-size:11px}.grid{stroke:#e2e7ec}.band{fill:#2b6cb0}.median{fill:none;stroke:#143a63;stroke-width:2}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="title" x="${size.left}" y="28">${escape(title)}</text><text x="${size.left}" y="45">${escape(unit)}</text>
${horizontal.join('')}${vertical.join('')}
${shapes.join('\n')}
<path class="median" d="${median}"/>
${legend.join('')}
</svg>
`
}

/** The bands of a run as CSV: one row per plan year, one column per percentile, nominal first, then real. */
export const bandsCsv = (
  firstYear: number,
  percentiles: readonly number[],
  nominal: readonly (readonly number[])[],
  real: readonly (readonly number[])[],
): string => {
  const columns = [...percentiles.map(fraction => `nominal_p${fraction * 100}`), ...percentiles.map(fraction => `real_p${fraction * 100}`)]
  const rows = (nominal[0] ?? []).map((_, year) =>
    [year, firstYear + year, ...nominal.map(band => band[year]!.toFixed(2)), ...real.map(band => band[year]!.toFixed(2))].join(','),
  )
  return `${['plan_year', 'calendar_year', ...columns].join(',')}\n${rows.join('\n')}\n`
}
